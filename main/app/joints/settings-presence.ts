/** When the user counts as away is their choice. */
import type { Joint } from './joint.ts';

export const settingsPresence: Joint = (facts, { presence }) => {
  facts.on('settings.changed', ({ settings: { awayAfterMinutes, awayWhenLocked } }) => {
    presence.setAwayPolicy({ afterMs: awayAfterMinutes === 0 ? null : awayAfterMinutes * 60_000, whenLocked: awayWhenLocked });
  });
};
