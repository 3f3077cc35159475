/** The sound and picture devices plugged in, kept up to date. Names show only after the user allowed one once. */
export interface Device {
  readonly id: string;
  readonly name: string;
}

export class Devices {
  microphones = $state.raw<readonly Device[]>([]);
  cameras = $state.raw<readonly Device[]>([]);
  speakers = $state.raw<readonly Device[]>([]);
  /** Whether the browser keeps the names to itself. */
  namesHidden = $state(false);

  readonly #refresh = (): void => void this.refresh();

  start(): void {
    navigator.mediaDevices.addEventListener('devicechange', this.#refresh);
    void this.refresh();
  }

  stop(): void {
    navigator.mediaDevices.removeEventListener('devicechange', this.#refresh);
  }

  async refresh(): Promise<void> {
    const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    const of = (kind: MediaDeviceKind): Device[] =>
      // `default` and `communications` stand for another entry of the list.
      all
        .filter(
          (device) =>
            device.kind === kind && device.deviceId !== '' && device.deviceId !== 'default' && device.deviceId !== 'communications',
        )
        .map((device) => ({ id: device.deviceId, name: device.label }));
    this.microphones = of('audioinput');
    this.cameras = of('videoinput');
    this.speakers = of('audiooutput');
    this.namesHidden = all.some((device) => device.label === '');
  }
}
