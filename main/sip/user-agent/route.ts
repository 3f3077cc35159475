/** From an account's settings to where its user agent connects and how its requests are routed. */
import { DEFAULT_PORTS, type AccountSettings, type TransportKind } from '../../../common/model/account.ts';
import { domainOf } from '../../../common/model/address-of-record.ts';
import { hostPort, type Endpoint } from '../sockets/sip-socket.ts';

export interface Route {
  readonly endpoint: Endpoint;
  /** The next hop as a URI. */
  readonly routeUri: string;
  /** Whether every request outside a dialog carries it as its Route (RFC 3261 §8.1.2). */
  readonly isPreloaded: boolean;
}

/** A URI's `transport` (RFC 3261 §19.1.1, RFC 7118 §5.2.3: `ws` for both WebSockets). */
export function transportParameter(transport: TransportKind): string {
  return transport === 'wss' ? 'ws' : transport;
}

export function routeOf(settings: AccountSettings): Route {
  const { transport, server, port, outboundProxy, webSocketPath, certificateAuthorityFile } = settings;
  const domain = domainOf(settings.addressOfRecord);
  const proxy = outboundProxy === null ? null : /^sips?:(?:[^@;?]*@)?(\[[^\]]*\]|[^:;?]+)(?::(\d{1,5}))?/i.exec(outboundProxy);
  const proxyHost = proxy?.[1] ?? null;
  // What the user named comes first, then the next hop, then the domain (RFC 3263 §4 without its records).
  const host = server ?? proxyHost ?? domain;
  const proxyPort = server === null && proxy?.[2] !== undefined ? Number(proxy[2]) : null;
  const endpoint: Endpoint = {
    transport,
    host,
    port: port ?? proxyPort ?? DEFAULT_PORTS[transport],
    webSocketPath,
    domain,
    namedHost: server ?? proxyHost,
    certificateAuthorityFile,
  };
  const direct = `sip:${hostPort(host.replace(/^\[|\]$/g, ''), endpoint.port)};transport=${transportParameter(transport)}`;
  // JsSIP adds ;lr to it.
  const routeUri = outboundProxy === null ? direct : outboundProxy.replace(/^sips?:/i, 'sip:').replace(/;lr(?=;|$)/i, '');
  return { endpoint, routeUri, isPreloaded: outboundProxy !== null };
}
