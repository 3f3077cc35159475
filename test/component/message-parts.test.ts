import { expect, test } from 'vitest';
import { partsOf } from '../../renderer/features/messaging/links.ts';
import type { MessageId } from '../../common/model/ids.ts';
import { callsAmong, firstUnreadOf, timelineOf } from '../../renderer/features/messaging/timeline.ts';
import { callRecord, conversation, message } from '../support/samples.ts';

const talk = conversation('bob@example.org');

test('web and mail addresses become links, everything else stays text', () => {
  expect(partsOf('see https://example.org/a?b=1 or mail me@example.org', true)).toEqual([
    { text: 'see ', href: null },
    { text: 'https://example.org/a?b=1', href: 'https://example.org/a?b=1' },
    { text: ' or mail ', href: null },
    { text: 'me@example.org', href: 'mailto:me@example.org' },
  ]);
});

test.each(['sip:bob@example.org', 'javascript:alert(1)', 'file:///etc/passwd', '<script>x</script>', 'call sips:bob@example.org now'])(
  '%s is no link',
  (text) => {
    expect(partsOf(text, false).filter((part) => part.href !== null)).toEqual([]);
    expect(
      partsOf(text, false)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  },
);

test.each([
  ['call sips:bob@example.org.', 'sips:bob@example.org'],
  ['(tel:+44-20-1234), please', 'tel:+44-20-1234'],
  ['sip:1234 at work', 'sip:1234'],
])('%s has an address to call, where the host takes it', (text, href) => {
  expect(partsOf(text, true).filter((part) => part.href !== null)).toEqual([{ text: href, href }]);
  expect(
    partsOf(text, true)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});

test('messages of one sender close in time stand together, each day under its head', () => {
  const at = new Date(2026, 4, 4, 12).getTime();
  const day = 86_400_000;
  const messages = [
    message(talk.id, 1, { atMs: at - day }),
    message(talk.id, 2, { atMs: at }),
    message(talk.id, 3, { atMs: at + 60_000 }),
    message(talk.id, 4, { atMs: at + 61_000, direction: 'outgoing' }),
    message(talk.id, 5, { atMs: at + 3_600_000, direction: 'outgoing' }),
  ];
  const words = (firstUnreadId: MessageId | null): string[] =>
    timelineOf(messages, [], firstUnreadId).map((item) =>
      item.kind === 'message' ? `${item.message.sequence}${item.first ? 'f' : ''}${item.last ? 'l' : ''}` : item.kind,
    );
  expect(words(null)).toEqual(['day', '1fl', 'day', '2f', '3l', '4fl', '5fl']);
  expect(words(firstUnreadOf(messages, 1))).toEqual(['day', '1fl', 'day', '2fl', 'unread', '3fl', '4fl', '5fl']);
  expect(words(firstUnreadOf(messages, 2))).toEqual(['day', '1fl', 'day', 'unread', '2f', '3l', '4fl', '5fl']);
  expect([0, 4].map((count) => firstUnreadOf(messages, count))).toEqual([null, null]);
});

test('a call stands where it began and parts the messages around it', () => {
  const at = new Date(2026, 4, 4, 12).getTime();
  const messages = [message(talk.id, 1, { atMs: at }), message(talk.id, 2, { atMs: at + 10_000 })];
  const calls = [
    callRecord('before', { startedAtMs: at - 86_400_000 }),
    callRecord('between', { startedAtMs: at + 5_000 }),
    callRecord('after', { startedAtMs: at + 20_000 }),
  ];
  const words = timelineOf(messages, calls, null).map((item) =>
    item.kind === 'message'
      ? `${item.message.sequence}${item.first ? 'f' : ''}${item.last ? 'l' : ''}`
      : item.kind === 'call'
        ? item.record.id
        : item.kind,
  );
  expect(words).toEqual(['day', 'before', 'day', '1fl', 'between', '2fl', 'after']);
  expect(callsAmong(calls, messages, true).map(({ id }) => id)).toEqual(['between', 'after']);
  expect(callsAmong(calls, messages, false)).toEqual(calls);
});
