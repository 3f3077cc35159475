import { expect, test } from 'vitest';
import { partsOf } from '../../renderer/features/messaging/links.ts';
import type { MessageId } from '../../common/model/ids.ts';
import type { Message } from '../../common/model/message.ts';
import type { Region } from '../../common/model/phone-number.ts';
import { callsAmong, firstUnreadOf, timelineOf } from '../../renderer/features/messaging/timeline.ts';
import { callRecord, conversation, message } from '../support/samples.ts';

const talk = conversation('bob@example.org');

const GB = 'GB' as Region;

/** The parts that a click opens, as `text → where it leads`. */
function links(text: string): string[] {
  const parts = partsOf(text, GB);
  expect(parts.map((part) => part.text).join('')).toBe(text);
  return parts.flatMap((part) => (part.kind === 'text' ? [] : [`${part.text} → ${part.kind === 'call' ? part.target : part.href}`]));
}

test.each([
  [
    'see https://example.org/a?b=1 or mail me@example.org',
    ['https://example.org/a?b=1 → https://example.org/a?b=1', 'me@example.org → mailto:me@example.org'],
  ],
  ['call sips:bob@example.org.', ['sips:bob@example.org → sips:bob@example.org']],
  ['(tel:+44-20-1234), please', ['tel:+44-20-1234 → tel:+44201234']],
  ['sip:1234 at work', ['sip:1234 → 1234']],
  [
    'on 020 7946 0018 or https://example.org/02079460018',
    ['020 7946 0018 → 02079460018', 'https://example.org/02079460018 → https://example.org/02079460018'],
  ],
  ['javascript:alert(1)', []],
  ['file:///etc/passwd', []],
  ['<script>x</script>', []],
])('%s: what a click opens', (text, expected) => {
  expect(links(text)).toEqual(expected);
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

test('what a server kept has gone on to them once they wrote, or were reached directly', () => {
  const stored = message(talk.id, 1, { direction: 'outgoing', state: 'stored' });
  const after = (next: Partial<Message>): boolean[] =>
    timelineOf([stored, message(talk.id, 2, next)], [], null).flatMap((item) => (item.kind === 'message' ? [item.overtaken] : []));
  expect(after({ direction: 'incoming' })).toEqual([true, false]);
  expect(after({ direction: 'outgoing', state: 'sent' })).toEqual([true, false]);
  expect(after({ direction: 'outgoing', state: 'stored' })).toEqual([false, false]);
  expect(after({ direction: 'outgoing', state: 'queued' })).toEqual([false, false]);
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
