/** What the devices panel needs of the machine; the window that shows it brings it along. */
export interface Device {
  readonly id: string;
  readonly name: string;
}

export interface DeviceAccess {
  readonly microphones: readonly Device[];
  readonly cameras: readonly Device[];
  readonly speakers: readonly Device[];
  readonly namesHidden: boolean;
  refresh(): Promise<void>;
}

export interface Stoppable {
  stop(): void;
}

export interface DeviceTests {
  /** Tells the microphone's level, 0 to 1, until stopped; rejects where it cannot be opened. */
  level(microphoneId: string | null, tell: (level: number) => void): Promise<Stoppable>;
  camera(cameraId: string | null): Promise<MediaStream>;
  speaker(speakerId: string | null): Stoppable;
  ring(ringDeviceId: string | null, volume: number): Stoppable;
}
