/** A connection by the account's transport. */
import { assertNever } from '../../../common/model/assert-never.ts';
import { openDatagramSocket } from './datagram-socket.ts';
import type { Endpoint, SipSocket, SocketContext, SocketEvents } from './sip-socket.ts';
import { openStreamSocket } from './stream-socket.ts';
import { openWebSocket } from './web-socket.ts';

export type OpenSocket = (endpoint: Endpoint, context: SocketContext, events: SocketEvents) => SipSocket;

export const openSocket: OpenSocket = (endpoint, context, events) => {
  switch (endpoint.transport) {
    case 'udp':
      return openDatagramSocket(endpoint, context, events);
    case 'tcp':
    case 'tls':
      return openStreamSocket(endpoint, context, events);
    case 'ws':
    case 'wss':
      return openWebSocket(endpoint, context, events);
    default:
      return assertNever(endpoint.transport);
  }
};
