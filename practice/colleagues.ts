/** The practice colleagues: who is there to try Ahoy with. */
import type { Colleague } from './colleague.ts';

const echo: Colleague = {
  user: 'echo',
  name: 'Echo',
  presence: () => ({ activity: null, note: 'I repeat what you write and say' }),
  reply: (text) => [{ afterMs: 0, text }],
  call: 'echo',
};

const GREETING = 'Reception, good to have you here.';

const reception: Colleague = {
  user: 'reception',
  name: 'Reception',
  presence(at) {
    const hour = at.getHours();
    if (hour < 8 || hour >= 18) return { activity: 'away', note: 'Back at eight' };
    if (hour === 12) return { activity: 'away', note: 'At lunch' };
    return at.getMinutes() % 20 < 4 ? { activity: 'busy', note: 'Somebody is at the desk' } : { activity: null, note: 'At the desk' };
  },
  reply(text) {
    if (/\b(hi|hello|hallo|hey|good (morning|afternoon|evening))\b/i.test(text)) {
      return [
        { afterMs: 1_500, text: GREETING },
        { afterMs: 4_000, text: 'What can I do for you?' },
      ];
    }
    if (text.trim().endsWith('?')) {
      return [
        { afterMs: 2_000, text: 'Let me look.' },
        { afterMs: 6_000, text: 'I am a practice colleague, so I know little. With your own account you reach the people who do.' },
      ];
    }
    return [{ afterMs: 1_500 + Math.min(4_000, text.length * 20), text: 'Thank you, I have made a note of that.' }];
  },
  call: 'echo',
};

const nightDesk: Colleague = {
  user: 'night-desk',
  name: 'Night Desk',
  presence: () => ({ activity: 'away', note: 'Only at night' }),
  reply: () => [],
  call: 'busy',
};

export const colleagues: readonly Colleague[] = [echo, reception, nightDesk];
