/** One connection to a SIP server, whatever carries it: opened once, closed once, never used again. */
import type { TransportKind } from '../../../common/model/account.ts';
import type { Failure } from '../../../common/model/failure.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Times } from '../times.ts';

export interface SocketEvents {
  /**
   * At most once, before anything else. `localAddress`: `host:port` as the far side sees it; null where it tells nobody,
   * and then `localHost` is the address that the connection has here.
   */
  opened(localAddress: string | null, localHost?: string): void;
  /** One whole message. */
  received(text: string): void;
  /** Once, last; not after `close`. */
  closed(failure: Failure): void;
}

export interface SipSocket {
  /** False where it is not open. */
  send(text: string): boolean;
  /** Closes without a further event. */
  close(): void;
}

/** Where an account connects to. */
export interface Endpoint {
  readonly transport: TransportKind;
  readonly host: string;
  readonly port: number;
  readonly webSocketPath: string;
  /** What the certificate must be for (RFC 5922 §7.2), and what keepalives ask. */
  readonly domain: string;
  /** A host the user named: its certificate will do as well. */
  readonly namedHost: string | null;
  readonly certificateAuthorityFile: string | null;
}

export interface SocketContext {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly times: Times;
}

/** An address for a URI: IPv6 in brackets. */
export function hostPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** A host for the system: without brackets. */
export function bareHost(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
