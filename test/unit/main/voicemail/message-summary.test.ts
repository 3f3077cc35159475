/** Message summaries as servers write them (RFC 3842 §5.2). */
import { describe, expect, it } from 'vitest';
import { readMessageSummary } from '../../../../main/voicemail/message-summary.ts';

describe('a message summary', () => {
  it('has counts and whom to call', () => {
    const body = 'Messages-Waiting: yes\r\nMessage-Account: sip:me@vmail.example.org\r\nVoice-Message: 4/8 (1/2)\r\n';
    expect(readMessageSummary(body)).toEqual({ newCount: 4, oldCount: 8, address: 'sip:me@vmail.example.org' });
  });
  it.each([
    ['Messages-Waiting: yes\r\n', 1, 0],
    ['Messages-Waiting: no\r\n', 0, 0],
    ['messages-waiting:YES\nvoice-message: 2 / 3\n', 2, 3],
    ['Messages-Waiting: no\r\nVoice-Message: 0/7\r\n', 0, 7],
    ['Messages-Waiting: yes\r\nFax-Message: 3/0\r\n', 1, 0],
    ['Messages-Waiting: yes\r\nVoice-Message: 999999/0\r\n', 100_000, 0],
    ['Messages-Waiting: yes\r\nVoice-Message: 1/0\r\nVoice-Message: 9/9\r\n', 1, 0],
  ])('%j tells %d new and %d old', (body, newCount, oldCount) => {
    expect(readMessageSummary(body)).toEqual({ newCount, oldCount, address: null });
  });
  it.each(['', 'Voice-Message: 1/0', 'Messages-Waiting: perhaps', '<xml/>', '\u0000'])('%j is none', (body) => {
    expect(readMessageSummary(body)).toBeNull();
  });
  it('names nobody by what is no address', () => {
    expect(readMessageSummary('Messages-Waiting: yes\r\nMessage-Account: javascript:1\r\n')).toMatchObject({ address: null });
  });
});
