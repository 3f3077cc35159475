/** What the user's choices mean for the desktop. */
import type { Joint } from './joint.ts';

export const settingsDesktop: Joint = (facts, _core, { desktop }) => {
  facts.on('settings.changed', ({ settings: { shortcuts, spellCheck, updateUrl } }) => {
    desktop.setShortcuts(shortcuts);
    desktop.setSpellCheck(spellCheck);
    desktop.setUpdateUrl(updateUrl);
  });
};
