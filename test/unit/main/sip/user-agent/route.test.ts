import { expect, test } from 'vitest';
import { routeOf } from '../../../../../main/sip/user-agent/route.ts';
import { settingsOf } from '../../../../support/sip-side.ts';

test.each([
  ['udp', 5060],
  ['tcp', 5060],
  ['tls', 5061],
  ['ws', 80],
  ['wss', 443],
] as const)('%s connects to the domain at port %i', (transport, port) => {
  expect(routeOf(settingsOf('a', transport, { server: null, port: null })).endpoint).toMatchObject({
    host: 'sip.test',
    port,
    domain: 'sip.test',
    namedHost: null,
  });
});

test('a server comes before an outbound proxy, that before the domain', () => {
  const proxy = 'sip:p@proxy.test:5090;transport=tcp;lr';
  const both = routeOf(settingsOf('a', 'tcp', { server: 'server.test', port: null, outboundProxy: proxy }));
  expect([both.endpoint.host, both.endpoint.port, both.routeUri, both.isPreloaded]).toEqual([
    'server.test',
    5060,
    'sip:p@proxy.test:5090;transport=tcp',
    true,
  ]);
  const { endpoint } = routeOf(settingsOf('a', 'tcp', { server: null, port: null, outboundProxy: proxy }));
  expect([endpoint.host, endpoint.port]).toEqual(['proxy.test', 5090]);
});

test('IPv6 stands in brackets in a URI', () => {
  expect(routeOf(settingsOf('a', 'tcp', { server: '::1', port: 5070 })).routeUri).toBe('sip:[::1]:5070;transport=tcp');
});
