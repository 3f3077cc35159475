/** Opens a TCP or TLS connection: name, connect, handshake and certificate, within one span of time. */
import net from 'node:net';
import tls from 'node:tls';
import type { Failure } from '../../../common/model/failure.ts';
import { failureOfError } from '../failure-mapping.ts';
import { bareHost, type Endpoint, type SocketContext } from './sip-socket.ts';
import { certificateFailure, tlsOptions } from './trust.ts';

export interface OpeningEvents {
  opened(socket: net.Socket): void;
  failed(failure: Failure): void;
}

/** Exactly one of the events follows, unless the returned function ended the attempt. */
export function openStream(endpoint: Endpoint, isSecure: boolean, context: SocketContext, events: OpeningEvents): () => void {
  let done = false;
  let socket: net.Socket | null = null;

  const cancelTimer = context.clock.after(context.times.connectMs, () => {
    fail({ code: 'connection-timeout', detail: `no connection within ${context.times.connectMs} ms` });
  });

  function settle(): boolean {
    if (done) return false;
    done = true;
    cancelTimer();
    return true;
  }

  function fail(failure: Failure): void {
    if (!settle()) return;
    socket?.destroy();
    events.failed(failure);
  }

  try {
    const address = { host: bareHost(endpoint.host), port: endpoint.port };
    const opening = isSecure ? tls.connect({ ...address, ...tlsOptions(endpoint) }) : net.connect(address);
    socket = opening;
    opening.setNoDelay(true);
    // The listener stays: an error after the end of the attempt must not end the process.
    opening.on('error', (error) => {
      fail(failureOfError(error));
    });
    opening.once('close', () => {
      fail({ code: 'connection-lost', detail: 'closed while connecting' });
    });
    opening.once(isSecure ? 'secureConnect' : 'connect', () => {
      const refused = opening instanceof tls.TLSSocket ? certificateFailure(opening) : null;
      if (refused) fail(refused);
      else if (isConnectedToItself(opening)) fail({ code: 'connection-refused', detail: 'connected to itself' });
      else if (settle()) events.opened(opening);
    });
  } catch (error) {
    queueMicrotask(() => {
      fail(failureOfError(error));
    });
  }

  return () => {
    if (settle()) socket?.destroy();
  };
}

/** On loopback a client that retries a closed port is sooner or later given that port itself, and TCP joins the two ends. */
function isConnectedToItself(socket: net.Socket): boolean {
  return socket.localPort === socket.remotePort && socket.localAddress === socket.remoteAddress;
}
