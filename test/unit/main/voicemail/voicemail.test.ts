/**
 * Voicemail boxes.
 *
 *   Ahoy                              server
 *    │── SUBSCRIBE message-summary ────►│
 *    │◄── NOTIFY Messages-Waiting ──────│
 */
import { expect, it } from 'vitest';
import type { AddressOfRecord } from '../../../../common/model/address-of-record.ts';
import type { AccountId } from '../../../../common/model/ids.ts';
import { MESSAGE_SUMMARY } from '../../../../main/voicemail/message-summary.ts';
import { createVoicemail } from '../../../../main/voicemail/voicemail.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createFakeUserAgent } from '../../../support/fake-user-agent.ts';

const account = 'a' as AccountId;

function setUp() {
  const userAgent = createFakeUserAgent();
  const clock = createFakeClock();
  const told: string[] = [];
  const voicemail = createVoicemail(clock, {
    usableUserAgent: () => userAgent,
    addressOf: () => 'sip:me@example.org' as AddressOfRecord,
    changed: (box, before) => told.push(`${before?.newCount ?? '-'} to ${box.newCount}/${box.oldCount}`),
    removed: () => told.push('removed'),
  });
  voicemail.accountUsable(account);
  const notify = (summary: string) =>
    userAgent.subscriptions.at(-1)!.events.notified(MESSAGE_SUMMARY, `Messages-Waiting: yes\r\nVoice-Message: ${summary}\r\n`);
  return { userAgent, clock, told, voicemail, notify };
}

it('asks for the message summary of the account’s own address', () => {
  const { userAgent } = setUp();
  expect(userAgent.subscriptions.map(({ request }) => request)).toEqual([
    { target: 'sip:me@example.org', event: 'message-summary', accept: [MESSAGE_SUMMARY], expiresSeconds: 3600 },
  ]);
});

it('tells a box when its counts change, and not when the server only says it again', () => {
  const { told, notify, voicemail } = setUp();
  notify('2/1');
  notify('2/1');
  notify('3/1');
  expect(told).toEqual(['- to 2/1', '2 to 3/1']);
  expect(voicemail.boxes()).toMatchObject([{ newCount: 3, oldCount: 1 }]);
});

it('knows nothing of a box whose connection is gone, and of no new message when it is back', () => {
  const { told, notify, voicemail } = setUp();
  notify('2/0');
  voicemail.accountDisconnected(account);
  expect(voicemail.boxes()).toEqual([]);
  voicemail.accountUsable(account);
  notify('2/0');
  expect(told).toEqual(['- to 2/0', 'removed', '2 to 2/0']);
});

it('asks no more where the server has no voicemail', () => {
  const { userAgent, clock, told } = setUp();
  userAgent.subscriptions[0]!.events.terminated({ code: 'refused', status: 489 }, 'never');
  clock.advance(3600_000);
  expect(userAgent.subscriptions).toHaveLength(1);
  expect(told).toEqual([]);
});

it('ends with its account', () => {
  const { userAgent, voicemail, told, notify } = setUp();
  notify('1/0');
  voicemail.accountRemoved(account);
  expect(userAgent.subscriptions[0]!.ended).toBe(true);
  expect(told.at(-1)).toBe('removed');
});
