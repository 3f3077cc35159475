/** `app`: from ready to quit, one instance a profile, and what it asks of the system. */
import { EventEmitter } from 'node:events';
import type { LoginItemSettings, RelaunchOptions, Settings } from 'electron';
import { appPath, manifest, pathOf, setPath } from './app-paths.ts';
import { AppSwitches } from './app-switches.ts';
import { BrowserWindow } from './browser-window.ts';
import { runningChromium } from './chromium.ts';
import { makeEvent, plainEvent } from './event.ts';
import { becomeReady, isReady, onTold } from './lifecycle.ts';
import { record, recorded } from './record.ts';
import { hasLock, releaseLock, takeLock, type SecondInstance } from './single-instance.ts';
import { strict } from './strict.ts';

type Protocol = readonly [protocol: string, path: string, args: readonly string[]];

class App extends EventEmitter {
  readonly commandLine = strict('app.commandLine', new AppSwitches());
  /** A test that names the resources of a package runs us as one; what is packed runs from where it was built all the same. */
  readonly isPackaged = process.env['AHOY_STAND_IN_RESOURCES'] !== undefined;
  readonly dock = undefined;
  #name = manifest.productName ?? manifest.name ?? 'Electron';
  #desktopName = manifest.desktopName ?? '';
  #userModelId = '';
  #badge = 0;
  #loginItem: Settings = {};
  readonly #protocols = new Map<string, Protocol>();
  readonly #early: SecondInstance[] = [];
  readonly #whenReady = Promise.withResolvers<undefined>();
  #quitting = false;
  #hardwareAcceleration = true;

  constructor() {
    super();
    onTold((name, ...args) => {
      if (name !== 'window-all-closed') this.emit(name, ...args);
      else if (this.#quitting) this.#finish();
      else if (this.listenerCount(name) > 0) this.emit(name);
      else this.quit();
    });
    process.on('SIGINT', () => this.quit());
    process.on('SIGTERM', () => this.quit());
    // Ready comes after the main script has run once.
    setImmediate(() => void this.#becomeReady());
  }

  async #becomeReady(): Promise<void> {
    this.emit('will-finish-launching');
    await runningChromium();
    becomeReady();
    this.emit('ready', plainEvent(), {});
    this.#whenReady.resolve(undefined);
    for (const second of this.#early) this.#second(second);
  }

  whenReady(): Promise<void> {
    return this.#whenReady.promise;
  }

  isReady(): boolean {
    return isReady();
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
  }

  getVersion(): string {
    return manifest.version ?? process.versions.node;
  }

  getAppPath(): string {
    return appPath;
  }

  getPath(name: string): string {
    return pathOf(name, this.#name);
  }

  setPath(name: string, path: string): void {
    setPath(name, path);
  }

  setAppLogsPath(path?: string): void {
    if (path !== undefined) setPath('logs', path);
  }

  getLocale(): string {
    return isReady() ? 'en-US' : '';
  }

  getSystemLocale(): string {
    return this.getLocale();
  }

  getLocaleCountryCode(): string {
    return 'US';
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }

  requestSingleInstanceLock(additionalData: unknown = null): boolean {
    return takeLock(this.getPath('userData'), additionalData, (second) => {
      if (isReady()) this.#second(second);
      else this.#early.push(second);
    });
  }

  hasSingleInstanceLock(): boolean {
    return hasLock();
  }

  releaseSingleInstanceLock(): void {
    releaseLock();
  }

  #second({ argv, cwd, additionalData }: SecondInstance): void {
    this.emit('second-instance', plainEvent(), argv, cwd, additionalData);
  }

  /** before-quit, then each window's `close`, which may cancel it, then will-quit and quit. */
  quit(): void {
    if (this.#quitting) return;
    const event = makeEvent({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    if (!BrowserWindow.getAllWindows().every((window) => window.standInClose())) {
      this.#quitting = false;
      return;
    }
    if (BrowserWindow.getAllWindows().length === 0) this.#finish();
  }

  #finish(): void {
    const event = makeEvent({});
    this.emit('will-quit', event);
    this.#quitting = false;
    if (!event.defaultPrevented) this.exit(0);
  }

  exit(exitCode = 0): void {
    this.emit('quit', plainEvent(), exitCode);
    process.exit(exitCode);
  }

  relaunch(options: RelaunchOptions = {}): void {
    record.relaunches.push(options);
  }

  focus(_options?: { steal: boolean }): void {
    BrowserWindow.getAllWindows()
      .find((window) => window.isVisible())
      ?.focus();
  }

  setBadgeCount(count = 0): boolean {
    this.#badge = count;
    return true;
  }

  getBadgeCount(): number {
    return this.#badge;
  }

  get badgeCount(): number {
    return this.#badge;
  }

  set badgeCount(count: number) {
    this.#badge = count;
  }

  /** Does nothing on Linux in the real one; here it is kept, so that the logic around it can be tested. */
  setLoginItemSettings(settings: Settings): void {
    this.#loginItem = settings;
  }

  getLoginItemSettings(_options?: unknown): LoginItemSettings {
    const openAtLogin = this.#loginItem.openAtLogin ?? false;
    return {
      openAtLogin,
      wasOpenedAtLogin: false,
      status: openAtLogin ? 'enabled' : 'not-registered',
      executableWillLaunchAtLogin: openAtLogin,
      launchItems: [],
    };
  }

  setAsDefaultProtocolClient(protocol: string, path = process.execPath, args: string[] = []): boolean {
    this.#protocols.set(protocol, [protocol, path, args]);
    return true;
  }

  removeAsDefaultProtocolClient(protocol: string, _path?: string, _args?: string[]): boolean {
    return this.#protocols.delete(protocol);
  }

  isDefaultProtocolClient(protocol: string, path = process.execPath, args: string[] = []): boolean {
    return JSON.stringify(this.#protocols.get(protocol)) === JSON.stringify([protocol, path, args]);
  }

  setDesktopName(name: string): void {
    this.#desktopName = name;
  }

  setAppUserModelId(id: string): void {
    this.#userModelId = id;
  }

  enableSandbox(): void {
    if (isReady()) throw new Error('app.enableSandbox() can only be called before app is ready');
    recorded('app.enableSandbox');
  }

  disableHardwareAcceleration(): void {
    if (isReady()) throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
    this.#hardwareAcceleration = false;
  }

  isHardwareAccelerationEnabled(): boolean {
    return this.#hardwareAcceleration;
  }

  get standIn(): { loginItem: Settings; protocols: Protocol[]; desktopName: string; userModelId: string } {
    return {
      loginItem: this.#loginItem,
      protocols: [...this.#protocols.values()],
      desktopName: this.#desktopName,
      userModelId: this.#userModelId,
    };
  }
}

export const app = strict('app', new App());
