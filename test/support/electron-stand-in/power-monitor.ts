/** powerMonitor: sleep, lock, power and idleness, as a test says. */
import { EventEmitter } from 'node:events';
import { makeEvent } from './event.ts';
import { strict } from './strict.ts';

class PowerMonitor extends EventEmitter {
  onBatteryPower = false;
  #idleSeconds = 0;
  #locked = false;

  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }

  getSystemIdleTime(): number {
    return this.#idleSeconds;
  }

  getSystemIdleState(idleThreshold: number): 'active' | 'idle' | 'locked' {
    if (!Number.isInteger(idleThreshold) || idleThreshold <= 0) throw new TypeError('Invalid idle threshold, must be greater than 0');
    if (this.#locked) return 'locked';
    return this.#idleSeconds >= idleThreshold ? 'idle' : 'active';
  }

  getCurrentThermalState(): 'unknown' {
    return 'unknown';
  }

  standInIdle(seconds: number): void {
    this.#idleSeconds = seconds;
  }

  standInLock(locked: boolean): void {
    this.#locked = locked;
    this.emit(locked ? 'lock-screen' : 'unlock-screen');
  }

  standInBattery(onBattery: boolean): void {
    this.onBatteryPower = onBattery;
    this.emit(onBattery ? 'on-battery' : 'on-ac');
  }

  /** Whether the product asked for time to end. */
  standInShutdown(): boolean {
    const event = makeEvent({});
    this.emit('shutdown', event);
    return event.defaultPrevented;
  }
}

export const powerMonitor = strict('powerMonitor', new PowerMonitor());
