/** A window that is less confined than we want all of ours is refused. */
import type { WebPreferences } from 'electron';

/** What has to be said, since Electron's default is not relied on. */
const WANTED = { sandbox: true, contextIsolation: true } as const;

const FORBIDDEN: Partial<Record<keyof WebPreferences, boolean>> = {
  nodeIntegration: true,
  nodeIntegrationInSubFrames: true,
  nodeIntegrationInWorker: true,
  webviewTag: true,
  webSecurity: false,
  allowRunningInsecureContent: true,
  experimentalFeatures: true,
};

export function requireHardened(preferences: WebPreferences): void {
  const weak = [
    ...Object.entries(WANTED).filter(([name, value]) => preferences[name as keyof WebPreferences] !== value),
    ...Object.entries(FORBIDDEN).filter(([name, value]) => preferences[name as keyof WebPreferences] === value),
    ...(preferences.enableBlinkFeatures ? [['enableBlinkFeatures']] : []),
  ].map(([name]) => name);
  if (weak.length > 0) throw new Error(`this window is not hardened: ${weak.join(', ')}`);
}
