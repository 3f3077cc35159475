/** Accounts and their passwords: listed before these can be read, and told when they cannot. */
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../../../../common/model/ids.ts';
import type { Account } from '../../../../common/model/account.ts';
import { createAccounts } from '../../../../main/accounts/accounts.ts';
import type { AccountRow } from '../../../../main/ports/history-store.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createFakeRandom } from '../../../support/fake-random.ts';
import { createFakeUserAgent } from '../../../support/fake-user-agent.ts';
import { createKeptLogger } from '../../../support/kept-logger.ts';
import { createMemoryVault } from '../../../support/memory-vault.ts';
import { testAccountSettings } from '../../../support/test-account.ts';

const PASSPHRASE = 'correct horse';
const row: AccountRow = {
  id: 'a' as AccountId,
  settings: testAccountSettings('sip:me@example.org'),
  hasPassword: true,
  colour: 0,
  isPractice: false,
  instanceId: 'instance',
  unusableSettings: [],
};

function setUp(passphrase: string | null, rows: readonly AccountRow[] = [row]) {
  const secrets = createMemoryVault(passphrase);
  secrets.kept.set('account-a', JSON.stringify({ password: 'open sesame', iceCredentials: {} }));
  const passwords: string[] = [];
  const changes: Account[] = [];
  const accounts = createAccounts(
    {
      store: { all: () => rows, save: () => undefined, remove: () => undefined },
      secrets,
      stack: {
        open: (account) => {
          if (account.id === 'throws') throw new Error('no user agent');
          passwords.push(account.password);
          return createFakeUserAgent();
        },
      },
      clock: createFakeClock(),
      random: createFakeRandom(),
      logger: createKeptLogger(),
    },
    {
      changed: (account) => changes.push(account),
      removed: () => undefined,
      usable: () => undefined,
      disconnected: () => undefined,
      leaving: () => Promise.resolve(),
      messageReceived: () => 'stored',
      sessionReceived: () => 'busy',
    },
  );
  return { accounts, secrets, passwords };
}

describe('accounts whose passwords are locked', () => {
  it('are listed before anything is started', () => {
    expect(
      setUp(PASSPHRASE)
        .accounts.all()
        .map(({ id }) => id),
    ).toEqual(['a']);
  });

  it('say so, and register with their passwords when these are opened', async () => {
    const { accounts, secrets, passwords } = setUp(PASSPHRASE);
    await accounts.start();
    expect(accounts.all()).toMatchObject([
      { registration: { state: 'refused', failure: { code: 'secrets-locked' }, nextAttemptAtMs: null } },
    ]);
    expect(passwords).toEqual([]);
    await secrets.unlock(PASSPHRASE);
    await accounts.secretsOpened();
    expect(passwords).toEqual(['open sesame']);
    expect(accounts.all()).toMatchObject([{ registration: { state: 'registering' } }]);
    // Told twice, it is opened once.
    await accounts.secretsOpened();
    expect(passwords).toEqual(['open sesame']);
  });

  it('take no new password, and keep their settings', async () => {
    const { accounts } = setUp(PASSPHRASE);
    await accounts.start();
    expect(await accounts.update(row.id, { settings: row.settings, password: 'new' })).toMatchObject({
      failure: { code: 'secrets-locked' },
    });
    expect(accounts.all()).toMatchObject([{ hasPassword: true }]);
  });

  it('stay without a password when it is forgotten', async () => {
    const { accounts, secrets, passwords } = setUp(PASSPHRASE);
    await accounts.start();
    await secrets.forget();
    await accounts.secretsForgotten();
    expect(accounts.all()).toMatchObject([{ hasPassword: false }]);
    expect(passwords).toEqual(['']);
  });
});

it('the practice account keeps its password in memory alone', async () => {
  const { accounts, secrets, passwords } = setUp(PASSPHRASE);
  await accounts.start();
  const added = await accounts.add({ settings: testAccountSettings('sip:me@practice.invalid'), password: 'practice', isPractice: true });
  expect(added).toMatchObject({ ok: true });
  expect(passwords).toEqual(['practice']);
  expect([...secrets.kept.values()].join()).not.toContain('practice');
});

describe('an account that cannot be opened', () => {
  const unusable = { ...row, id: 'unusable' as AccountId, unusableSettings: ['transport'] };
  const throws = { ...row, id: 'throws' as AccountId };

  it('says so and is not tried again by itself, and the others are opened', async () => {
    const { accounts, passwords } = setUp(null, [unusable, throws, row]);
    await accounts.start();
    expect(accounts.all()).toMatchObject([
      { registration: { state: 'refused', failure: { code: 'settings-unusable', detail: 'transport' }, nextAttemptAtMs: null } },
      { registration: { state: 'refused', failure: { code: 'settings-unusable' }, nextAttemptAtMs: null } },
      { registration: { state: 'registering' } },
    ]);
    expect(passwords).toEqual(['open sesame']);
    expect(accounts.register(unusable.id)).toMatchObject({ failure: { code: 'settings-unusable' } });
  });

  it('is opened when its settings were looked through and saved', async () => {
    const { accounts } = setUp(null, [unusable]);
    await accounts.start();
    await accounts.update(unusable.id, { settings: unusable.settings });
    expect(accounts.all()).toMatchObject([{ registration: { state: 'registering' } }]);
  });
});
