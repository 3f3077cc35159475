/** The user's choices that belong to no account, as stored; what is unreadable falls back to its default. */
import * as v from 'valibot';
import { defaultSettings, Settings } from '../../common/model/settings.ts';
import type { ValueStore } from '../ports/history-store.ts';

const NAME = 'settings';

export interface UserSettings {
  present(): Settings;
  set(changes: Partial<Settings>): void;
}

export function createUserSettings(values: ValueStore, changed: (present: Settings) => void): UserSettings {
  const parsed = v.safeParse(Settings, values.get(NAME) ?? {});
  let present = parsed.success ? parsed.output : defaultSettings;
  return {
    present: () => present,
    set(changes) {
      present = v.parse(Settings, { ...present, ...changes });
      values.set(NAME, present);
      changed(present);
    },
  };
}
