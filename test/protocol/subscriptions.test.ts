/**
 * SUBSCRIBE and NOTIFY (RFC 6665), PUBLISH (RFC 3903).
 *
 *   Alice                     Notifier
 *     |-- SUBSCRIBE ------------>|
 *     |<-- NOTIFY (overtakes) ---|
 *     |<-- 200 ------------------|
 *     |-- 200 (NOTIFY) --------->|
 */
import { expect, test } from 'vitest';
import type { PublicationRequest, RetryAfter } from '../../main/ports/sip-stack.ts';
import { headerOf } from '../../main/sip/wire/headers.ts';
import { requestText } from '../support/scripted-server.ts';
import { accept, notify, startSubscribing } from '../support/subscribing.ts';

test('a subscription is accepted, notified, refreshed in its dialog and ended', async () => {
  const { server, facts, subscribe, ended } = await startSubscribing();
  const subscription = subscribe();
  const first = await server.request('SUBSCRIBE');
  expect(first.message.startLine).toBe('SUBSCRIBE sip:bob@sip.test SIP/2.0');
  accept(server, first, '300');
  notify(server, first, 'pending;expires=300');
  notify(server, first, 'active;expires=300', '<presence/>');
  await facts.until(([kind]) => kind === 'notified');
  expect(facts.all).toEqual([['accepted', 300], ['pending'], ['notified', 'application/pidf+xml', '<presence/>']]);
  subscription.end();
  const last = await server.request('SUBSCRIBE', 2);
  expect(headerOf(last.message, 'expires')).toBe('0');
  accept(server, last, '0');
  notify(server, first, 'terminated;reason=timeout');
  expect(await ended()).toEqual(['terminated', null, null]);
});

test('a NOTIFY that overtakes the 2xx waits for it', async () => {
  const { server, facts, subscribe } = await startSubscribing();
  subscribe();
  const first = await server.request('SUBSCRIBE');
  notify(server, first, 'active;expires=600', '<presence/>');
  accept(server, first);
  await facts.until(([kind]) => kind === 'notified');
  expect((await server.response('NOTIFY')).status).toBe(200);
  expect(facts.all.map(([kind]) => kind)).toEqual(['accepted', 'notified']);
});

test('so does one that comes while the SUBSCRIBE is being challenged', async () => {
  const { server, facts, subscribe } = await startSubscribing();
  subscribe();
  const first = await server.request('SUBSCRIBE');
  server.reply(first, 407, { 'Proxy-Authenticate': 'Digest realm="sip.test", nonce="n", qop="auth"' });
  const second = await server.request('SUBSCRIBE', 2);
  notify(server, second, 'active;expires=600', '<presence/>');
  accept(server, second);
  await facts.until(([kind]) => kind === 'notified');
});

test.each<[string, RetryAfter]>([
  ['terminated;reason=deactivated', 0],
  ['terminated;reason=timeout', 0],
  ['terminated;reason=probation;retry-after=30', 30],
  ['terminated;reason=giveup', null],
  ['terminated;reason=rejected', 'never'],
  ['terminated;reason=noresource', 'never'],
  ['terminated', null],
])('“%s” means %s', async (state, retryAfterSeconds) => {
  const { server, subscribe, ended } = await startSubscribing();
  subscribe();
  const first = await server.request('SUBSCRIBE');
  accept(server, first);
  notify(server, first, state);
  expect(await ended()).toEqual(['terminated', null, retryAfterSeconds]);
});

test.each<[number, Record<string, string>, string, number | null]>([
  [403, {}, 'forbidden', null],
  [404, {}, 'unknown-address', null],
  [489, {}, 'refused', null],
  [503, { 'Retry-After': '120' }, 'server-error', 120],
])('a SUBSCRIBE answered %i ends the subscription', async (status, headers, code, retryAfterSeconds) => {
  const { server, subscribe, ended } = await startSubscribing();
  subscribe();
  server.reply(await server.request('SUBSCRIBE'), status, headers);
  expect(await ended()).toEqual(['terminated', code, retryAfterSeconds]);
});

test('423 is followed once with the time the notifier wants', async () => {
  const { server, facts, subscribe } = await startSubscribing();
  subscribe(60);
  server.reply(await server.request('SUBSCRIBE'), 423, { 'Min-Expires': '3600' });
  const second = await server.request('SUBSCRIBE', 2);
  expect(headerOf(second.message, 'expires')).toBe('3600');
  accept(server, second, '3600');
  expect(await facts.until(([kind]) => kind === 'accepted')).toEqual(['accepted', 3600]);
});

test('a lost connection ends every subscription at once, and none can be made without one', async () => {
  const { server, facts, subscribe, ended } = await startSubscribing();
  subscribe();
  accept(server, await server.request('SUBSCRIBE'));
  await facts.until(([kind]) => kind === 'accepted');
  server.connection.drop();
  expect(await ended()).toEqual(['terminated', 'connection-lost', null]);
  subscribe();
  await facts.until((fact) => fact[0] === 'terminated' && facts.all.indexOf(fact) > 1, 'the second end');
  expect(facts.all.filter(([kind]) => kind === 'terminated')).toHaveLength(2);
});

test('a NOTIFY for a subscription nobody has is answered 481; what servers send unasked is taken', async () => {
  const { server } = await startSubscribing();
  const send = (event: string, to: string): void => {
    server.connection.send(
      requestText({
        method: 'NOTIFY',
        uri: 'sip:alice@sip.test',
        to,
        callId: `${event}-${to.length}`,
        headers: { Event: event, 'Subscription-State': 'active', Contact: '<sip:x@127.0.0.1>' },
      }),
    );
  };
  send('presence', '<sip:alice@sip.test>');
  expect((await server.received.until(({ status }) => status === 481)).status).toBe(481);
  send('presence', '<sip:alice@sip.test>;tag=gone');
  await server.received.until(() => server.received.all.filter(({ status }) => status === 481).length === 2);
  send('message-summary', '<sip:alice@sip.test>');
  await server.response('NOTIFY', (status) => status === 200);
});

test('PUBLISH: initial, refresh, unknown entity-tag, too brief, refused', async () => {
  const { server, alice } = await startSubscribing();
  const publish = async (more: Partial<PublicationRequest>, status: number, headers: Record<string, string>) => {
    const nth = server.count('PUBLISH') + 1;
    const outcome = alice.userAgent.publish({
      event: 'presence',
      expiresSeconds: 600,
      entityTag: null,
      contentType: 'application/pidf+xml',
      body: '<p/>',
      ...more,
    });
    const received = await server.request('PUBLISH', nth);
    server.reply(received, status, headers);
    return { outcome: await outcome, message: received.message };
  };
  const initial = await publish({}, 200, { 'SIP-ETag': 'tag-1', Expires: '300' });
  expect(initial.outcome).toEqual({ kind: 'published', entityTag: 'tag-1', expiresSeconds: 300 });
  expect([initial.message.startLine, headerOf(initial.message, 'content-type'), headerOf(initial.message, 'sip-if-match')]).toEqual([
    'PUBLISH sip:alice@sip.test SIP/2.0',
    'application/pidf+xml',
    null,
  ]);
  const refresh = await publish({ entityTag: 'tag-1', contentType: null, body: null }, 200, { 'SIP-ETag': 'tag-2', Expires: '300' });
  expect([headerOf(refresh.message, 'sip-if-match'), headerOf(refresh.message, 'content-type'), refresh.message.body]).toEqual([
    'tag-1',
    null,
    '',
  ]);
  expect((await publish({ entityTag: 'x' }, 412, {})).outcome).toEqual({ kind: 'unknown-entity-tag' });
  expect((await publish({}, 423, { 'Min-Expires': '900' })).outcome).toEqual({ kind: 'interval-too-brief', minExpiresSeconds: 900 });
  expect((await publish({}, 489, {})).outcome).toMatchObject({ kind: 'failed', failure: { code: 'refused', status: 489 } });
});
