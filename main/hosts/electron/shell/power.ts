/**
 * Tells the core about sleep, waking up, the lock and how long nobody touched the computer, and keeps the computer
 * awake during calls. What it means for presence and registrations the core decides.
 */
import { powerMonitor, powerSaveBlocker } from 'electron';
import type { App } from '../../../app/app.ts';
import type { CoreMirror } from './core-mirror.ts';

const REPORT_MS = 5_000;
/** Any: only whether the screen is locked is read of the state. */
const THRESHOLD_SECONDS = 60;

export function followPower(app: App): void {
  let lockedBySignal = false;
  const report = (): void => {
    // Linux has no signal for the lock and may tell by the state; the others have both.
    const locked = lockedBySignal || powerMonitor.getSystemIdleState(THRESHOLD_SECONDS) === 'locked';
    app.setIdleness({ idleMs: powerMonitor.getSystemIdleTime() * 1000, locked });
  };
  powerMonitor.on('suspend', () => {
    void app.suspend();
  });
  powerMonitor.on('resume', () => {
    app.networkChanged();
  });
  powerMonitor.on('lock-screen', () => {
    lockedBySignal = true;
    report();
  });
  powerMonitor.on('unlock-screen', () => {
    lockedBySignal = false;
    report();
  });
  setInterval(report, REPORT_MS).unref();
}

/** A call keeps the computer awake, one with pictures the screen too. */
export function stayAwakeInCalls(mirror: CoreMirror): void {
  let held: { readonly id: number; readonly kind: 'prevent-app-suspension' | 'prevent-display-sleep' } | null = null;
  mirror.onChange(() => {
    const running = [...mirror.state.calls.values()];
    const kind = running.length === 0 ? null : running.some((call) => call.video) ? 'prevent-display-sleep' : 'prevent-app-suspension';
    if (kind === (held?.kind ?? null)) return;
    if (held) powerSaveBlocker.stop(held.id);
    held = kind === null ? null : { kind, id: powerSaveBlocker.start(kind) };
  });
}
