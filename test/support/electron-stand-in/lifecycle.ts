/** Whether the app is ready, and the way to `app` for the modules that `app` itself imports. */
let ready = false;
let announce: (name: string, ...args: unknown[]) => void = () => undefined;

export const isReady = (): boolean => ready;

export function becomeReady(): void {
  ready = true;
}

/** Throws as Electron does where something is used before `ready`. */
export function requireReady(message: string): void {
  if (!ready) throw new Error(message);
}

/** Emits an event of `app`. */
export function tellApp(name: string, ...args: unknown[]): void {
  announce(name, ...args);
}

export function onTold(listener: (name: string, ...args: unknown[]) => void): void {
  announce = listener;
}
