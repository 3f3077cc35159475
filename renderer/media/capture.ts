/** Opens microphone and camera, and says in the contract's words why that failed. */
import type { MediaFailureName } from '../../common/model/media.ts';

export interface ChosenDevices {
  readonly microphoneId: string | null;
  readonly cameraId: string | null;
  readonly speakerId: string | null;
}

export type CameraProblem = 'camera-denied' | 'no-camera';

export type Captured =
  | { readonly ok: true; readonly stream: MediaStream; readonly cameraProblem: CameraProblem | null }
  | { readonly ok: false; readonly failure: MediaFailureName; readonly detail: string };

/** Sound, and pictures where asked for and possible: a missing camera does not stop a call. */
export async function capture(video: boolean, devices: ChosenDevices): Promise<Captured> {
  const audio = await openMicrophone(devices.microphoneId).catch((error: unknown) => error);
  if (!(audio instanceof MediaStream)) return { ok: false, failure: microphoneFailure(audio), detail: describe(audio) };
  if (!video) return { ok: true, stream: audio, cameraProblem: null };
  try {
    const pictures = await openCamera(devices.cameraId);
    return { ok: true, stream: new MediaStream([...audio.getTracks(), ...pictures.getTracks()]), cameraProblem: null };
  } catch (error) {
    return { ok: true, stream: audio, cameraProblem: cameraFailure(error) };
  }
}

/** The device is wished for, not demanded: an unplugged one is replaced by the system's. */
export function openMicrophone(deviceId: string | null): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(deviceId === null ? {} : { deviceId: { ideal: deviceId } }),
    },
  });
}

export function openCamera(deviceId: string | null): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    video: {
      width: { ideal: 1280 },
      height: { ideal: 720 },
      ...(deviceId === null ? {} : { deviceId: { ideal: deviceId } }),
    },
  });
}

export function describe(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 1000);
}

function isDenied(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'SecurityError');
}

function microphoneFailure(error: unknown): MediaFailureName {
  return isDenied(error) ? 'microphone-denied' : 'no-microphone';
}

function cameraFailure(error: unknown): CameraProblem {
  return isDenied(error) ? 'camera-denied' : 'no-camera';
}
