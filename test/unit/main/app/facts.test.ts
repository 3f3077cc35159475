import { describe, expect, it } from 'vitest';
import type { AccountId } from '../../../../common/model/ids.ts';
import { createFacts } from '../../../../main/app/facts.ts';
import { late } from '../../../../main/app/late.ts';

const account = { accountId: 'account' as AccountId };

describe('a fact', () => {
  it('is told to everybody who listens, in the order in which they began to', () => {
    const facts = createFacts();
    const heard: string[] = [];
    facts.on('accounts.usable', ({ accountId }) => heard.push(`first ${accountId}`));
    facts.on('accounts.usable', ({ accountId }) => heard.push(`second ${accountId}`));
    facts.on('accounts.removed', () => heard.push('another'));
    facts.open();
    facts.publish('accounts.usable', account);
    expect(heard).toEqual(['first account', 'second account']);
  });

  it('is not told while the core is being put together: somebody might not be listening yet', () => {
    expect(() => {
      createFacts().publish('accounts.usable', account);
    }).toThrow('accounts.usable was published while the core was being put together');
  });
});

it('what is made later says so to whoever is too early', () => {
  const calls = late<string>('calls');
  expect(() => calls.get()).toThrow('calls is used before it is made');
  expect([calls.set('made'), calls.get()]).toEqual(['made', 'made']);
});
