/** session: the permission handlers, asked as Chromium would ask them, and settings that are only recorded. */
import { EventEmitter } from 'node:events';
import { requireReady } from './lifecycle.ts';
import { protocol } from './protocol.ts';
import { recorded } from './record.ts';
import { strict } from './strict.ts';

interface CheckDetails {
  readonly requestingUrl: string;
  readonly embeddingOrigin: string;
  readonly securityOrigin: string;
  readonly isMainFrame: boolean;
  readonly mediaType?: 'audio' | 'video';
}

interface RequestDetails {
  readonly requestingUrl: string;
  readonly isMainFrame: boolean;
  readonly securityOrigin?: string;
  readonly mediaTypes?: readonly ('audio' | 'video')[];
}

type CheckHandler = (contents: unknown, permission: string, origin: string, details: CheckDetails) => boolean;
type RequestHandler = (contents: unknown, permission: string, answer: (granted: boolean) => void, details: RequestDetails) => void;
type DisplayMediaHandler = (request: unknown, answer: (streams: unknown) => void) => void;

class WebRequest {
  /** Named when set; no request passes through them here. */
  readonly #record = (name: string) => (): void => recorded(`webRequest.${name}`);
  readonly onBeforeRequest = this.#record('onBeforeRequest');
  readonly onBeforeSendHeaders = this.#record('onBeforeSendHeaders');
  readonly onHeadersReceived = this.#record('onHeadersReceived');
  readonly onCompleted = this.#record('onCompleted');
  readonly onErrorOccurred = this.#record('onErrorOccurred');
}

export class Session extends EventEmitter {
  readonly webRequest = strict('session.webRequest', new WebRequest());
  readonly protocol = protocol;
  readonly #partition: string;
  #check: CheckHandler | null = null;
  #request: RequestHandler | null = null;
  #displayMedia: DisplayMediaHandler | null = null;
  #spellChecks = true;
  #userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Electron/45 Safari/537.36';

  constructor(partition: string) {
    super();
    this.#partition = partition;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }

  setDevicePermissionHandler(_handler: unknown): void {
    recorded('session.setDevicePermissionHandler');
  }

  setDisplayMediaRequestHandler(handler: DisplayMediaHandler | null): void {
    this.#displayMedia = handler;
  }

  setSpellCheckerEnabled(enable: boolean): void {
    this.#spellChecks = enable;
  }

  isSpellCheckerEnabled(): boolean {
    return this.#spellChecks;
  }

  setSpellCheckerLanguages(languages: readonly string[]): void {
    recorded(`session.setSpellCheckerLanguages ${languages.join(' ')}`);
  }

  addWordToSpellCheckerDictionary(word: string): boolean {
    recorded(`session.addWordToSpellCheckerDictionary ${word}`);
    return true;
  }

  setCertificateVerifyProc(_proc: unknown): void {
    recorded('session.setCertificateVerifyProc');
  }

  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
  }

  getUserAgent(): string {
    return this.#userAgent;
  }

  setProxy(config: unknown): Promise<void> {
    recorded(`session.setProxy ${JSON.stringify(config)}`);
    return Promise.resolve();
  }

  resolveProxy(): Promise<string> {
    return Promise.resolve('DIRECT');
  }

  isPersistent(): boolean {
    return this.#partition === '' || this.#partition.startsWith('persist:');
  }

  clearStorageData(): Promise<void> {
    recorded('session.clearStorageData');
    return Promise.resolve();
  }

  clearCache(): Promise<void> {
    recorded('session.clearCache');
    return Promise.resolve();
  }

  closeAllConnections(): Promise<void> {
    return Promise.resolve();
  }

  /** What the product answers when a page of that origin asks. Without handlers Electron grants everything. */
  standInGrants(contents: unknown, permission: string, origin: string, media?: 'audio' | 'video'): Promise<boolean> {
    const where = { requestingUrl: origin, securityOrigin: origin, isMainFrame: true };
    const check = this.#check;
    if (check && !check(contents, permission, origin, { ...where, embeddingOrigin: origin, ...(media && { mediaType: media }) }))
      return Promise.resolve(false);
    const request = this.#request;
    if (!request) return Promise.resolve(true);
    return new Promise((resolve) => {
      request(contents, permission, resolve, { ...where, ...(media && { mediaTypes: [media] }) });
    });
  }

  /** The name of the refusal of a page's wish to capture the display; null where the handler gave it a picture. */
  standInDisplayMedia(request: unknown): Promise<string | null> {
    const handler = this.#displayMedia;
    if (!handler) return Promise.resolve('NotSupportedError');
    return new Promise((resolve) => {
      handler(request, (streams) => {
        resolve(streams !== null && typeof streams === 'object' && 'video' in streams ? null : 'NotAllowedError');
      });
    });
  }
}

const partitions = new Map<string, Session>();

function sessionOf(partition: string): Session {
  requireReady('Session can only be received when app is ready');
  const found = partitions.get(partition) ?? new Session(partition);
  partitions.set(partition, found);
  return found;
}

export const session = strict('session', {
  get defaultSession(): Session {
    return sessionOf('');
  },
  fromPartition: (partition: string, _options?: { cache: boolean }): Session => sessionOf(partition),
});
