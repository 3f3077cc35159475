/** `app.commandLine`: switches that are kept and reach no Chromium, since that one has arguments of the tests' own. */
export class AppSwitches {
  readonly #switches = new Map<string, string>();

  constructor() {
    for (const argument of process.argv.slice(1)) {
      const [, name, value = ''] = /^--([^=]+)(?:=(.*))?$/.exec(argument) ?? [];
      if (name !== undefined) this.#switches.set(name, value);
    }
  }

  appendSwitch(name: string, value = ''): void {
    this.#switches.set(name, value);
  }

  appendArgument(_value: string): void {
    // Nobody reads it.
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name);
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name) ?? '';
  }

  removeSwitch(name: string): void {
    this.#switches.delete(name);
  }
}
