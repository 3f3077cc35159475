/** net over Node's own http and https: requests, redirects that are asked for, aborts. No proxies, no logins, no cookies. */
import { EventEmitter } from 'node:events';
import { request as httpRequest, type ClientRequest as NodeRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ClientRequestConstructorOptions } from 'electron';
import { strict } from './strict.ts';

type Chunk = string | Buffer;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 20;

function addressOf(options: ClientRequestConstructorOptions): string {
  if (options.url !== undefined) return options.url;
  const host = options.host ?? `${options.hostname ?? 'localhost'}${options.port === undefined ? '' : `:${options.port}`}`;
  return `${options.protocol ?? 'http:'}//${host}${options.path ?? '/'}`;
}

export class ClientRequest extends EventEmitter {
  chunkedEncoding = false;
  readonly #headers = new Map<string, string | readonly string[]>();
  readonly #redirect: 'follow' | 'error' | 'manual';
  readonly #body: Buffer[] = [];
  #method: string;
  #url: URL;
  #request: NodeRequest | null = null;
  #response: IncomingMessage | null = null;
  #redirects = 0;
  #follows = false;
  #started = false;
  #closed = false;

  constructor(given: ClientRequestConstructorOptions | string) {
    super();
    const options = typeof given === 'string' ? { url: given } : given;
    this.#url = new URL(addressOf(options));
    if (!['http:', 'https:'].includes(this.#url.protocol)) throw new Error('ClientRequest only supports http: and https: protocols');
    this.#method = (options.method ?? 'GET').toUpperCase();
    this.#redirect = options.redirect ?? 'follow';
    for (const [name, value] of Object.entries(options.headers ?? {})) this.#headers.set(name.toLowerCase(), value);
  }

  setHeader(name: string, value: string): void {
    if (this.#started) throw new Error("Can't set headers after they are sent");
    this.#headers.set(name.toLowerCase(), value);
  }

  getHeader(name: string): string | readonly string[] | undefined {
    return this.#headers.get(name.toLowerCase());
  }

  removeHeader(name: string): void {
    if (this.#started) throw new Error("Can't remove headers after they are sent");
    this.#headers.delete(name.toLowerCase());
  }

  write(chunk: Chunk, encoding?: BufferEncoding, callback?: () => void): boolean {
    this.#started = true;
    this.#body.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
    if (callback) process.nextTick(callback);
    return true;
  }

  end(chunk?: Chunk, encoding?: BufferEncoding, callback?: () => void): this {
    if (chunk !== undefined) this.write(chunk, encoding);
    this.#started = true;
    this.#send();
    process.nextTick(() => {
      this.emit('finish');
      callback?.();
    });
    return this;
  }

  followRedirect(): void {
    this.#follows = true;
  }

  abort(): void {
    if (this.#closed) return;
    this.#response?.destroy();
    this.#request?.destroy();
    this.emit('abort');
    this.#close();
  }

  getUploadProgress(): { active: boolean; started: boolean; current: number; total: number } {
    return { active: this.#started && !this.#closed, started: this.#started, current: 0, total: 0 };
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.emit('close');
  }

  #fail(error: Error): void {
    if (this.#closed) return;
    this.emit('error', error);
    this.#close();
  }

  #send(): void {
    if (this.#closed) return;
    const make = this.#url.protocol === 'https:' ? httpsRequest : httpRequest;
    const headers = Object.fromEntries([...this.#headers].map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]));
    const request = make(this.#url, { method: this.#method, headers });
    this.#request = request;
    request.on('error', (error) => this.#fail(error));
    request.on('response', (response) => this.#receive(response));
    request.end(Buffer.concat(this.#body));
  }

  #receive(response: IncomingMessage): void {
    const { statusCode = 0, headers } = response;
    if (REDIRECTS.has(statusCode) && headers.location !== undefined) {
      response.resume();
      this.#turn(statusCode, new URL(headers.location, this.#url), response.headersDistinct);
      return;
    }
    this.#response = response;
    response.once('close', () => this.#close());
    this.emit('response', response);
  }

  #turn(statusCode: number, to: URL, headers: NodeJS.Dict<string[]>): void {
    if (this.#redirect === 'error') {
      this.#fail(new Error("Attempted to redirect, but redirect policy was 'error'"));
      return;
    }
    const method = statusCode === 303 || (statusCode < 303 && this.#method === 'POST') ? 'GET' : this.#method;
    this.#follows = this.#redirect === 'follow';
    this.emit('redirect', statusCode, method, to.href, headers);
    if (this.#closed) return;
    this.#redirects += 1;
    if (!this.#follows) this.#fail(new Error('Redirect was cancelled'));
    else if (this.#redirects > MOST_REDIRECTS) this.#fail(new Error('net::ERR_TOO_MANY_REDIRECTS'));
    else {
      if (method !== this.#method) this.#body.length = 0;
      [this.#method, this.#url] = [method, to];
      this.#send();
    }
  }
}

export const net = strict('net', {
  request: (options: ClientRequestConstructorOptions | string): ClientRequest => new ClientRequest(options),
  fetch: (input: string | Request, init?: RequestInit): Promise<Response> => fetch(input, init),
  isOnline: (): boolean => true,
  online: true,
});
