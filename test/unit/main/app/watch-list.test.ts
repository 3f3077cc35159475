import { expect, it } from 'vitest';
import { watchList } from '../../../../main/app/watch-list.ts';
import { account, conversation, person } from '../../../support/samples.ts';

const watched = (...parts: Parameters<typeof watchList>): string[] => watchList(...parts).map(({ address }) => address);

it('Those are watched whom the user kept or answered, and not who only wrote to them', () => {
  const conversations = [
    conversation('answered@example.org'),
    ...Array.from({ length: 2_000 }, (_, count) => conversation(`stranger${count}@example.com`, { answered: false })),
  ];
  expect(watched([account()], [person('Bob', 'bob@example.org')], conversations, [])).toEqual([
    'sip:bob@example.org',
    'sip:answered@example.org',
  ]);
});

it('What was asked for explicitly is watched, stranger or not', () => {
  const explicit = { accountId: account().id, address: conversation('stranger@example.com').peer };
  expect(watched([account()], [], [conversation('stranger@example.com', { answered: false })], [explicit])).toEqual([
    'sip:stranger@example.com',
  ]);
});
