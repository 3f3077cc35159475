/** A side that subscribes, and the notifier's half as a test speaks it (RFC 6665). */
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { SubscriptionEvents } from '../../main/ports/sip-stack.ts';
import { headerOf } from '../../main/sip/wire/headers.ts';
import { Recorder } from './recorder.ts';
import { requestText, ScriptedServer, type Received } from './scripted-server.ts';
import { openSide } from './sip-side.ts';

export type SubscriptionFact = readonly [string, ...unknown[]];

export async function startSubscribing() {
  const server = new ScriptedServer();
  server.script = ({ method }) => method !== 'REGISTER';
  const alice = openSide({ openSocket: server.openSocket });
  await alice.register();
  const facts = new Recorder<SubscriptionFact>();
  const events: SubscriptionEvents = {
    accepted: (seconds) => facts.add(['accepted', seconds]),
    notified: (contentType, body) => facts.add(['notified', contentType, body]),
    pending: () => facts.add(['pending']),
    terminated: (failure, retryAfterSeconds) => facts.add(['terminated', failure?.code ?? null, retryAfterSeconds]),
  };
  const subscribe = (expiresSeconds = 600) =>
    alice.userAgent.subscribe(
      { target: 'sip:bob@sip.test' as AddressOfRecord, event: 'presence', accept: ['application/pidf+xml'], expiresSeconds },
      events,
    );
  const ended = () => facts.until(([kind]) => kind === 'terminated', 'the end');
  return { server, alice, facts, subscribe, ended };
}

let lastCseq = 0;
/** A NOTIFY in the dialog of that SUBSCRIBE. */
export function notify(server: ScriptedServer, subscribe: Received, state: string, body = '', more: Record<string, string> = {}): void {
  const { message } = subscribe;
  const contact = /<([^>]+)>/.exec(headerOf(message, 'contact') ?? '')?.[1] ?? '';
  server.connection.send(
    requestText({
      method: 'NOTIFY',
      uri: contact,
      from: `${headerOf(message, 'to')?.replace(/;tag=.*/, '')};tag=server`,
      to: headerOf(message, 'from') ?? '',
      callId: headerOf(message, 'call-id') ?? '',
      cseq: (lastCseq += 1),
      headers: {
        Event: 'presence',
        Contact: '<sip:presence@127.0.0.1>',
        'Subscription-State': state,
        ...(body === '' ? {} : { 'Content-Type': 'Application/PIDF+xml;charset="utf-8"' }),
        ...more,
      },
      body,
    }),
  );
}

/** 200 to a SUBSCRIBE. */
export const accept = (server: ScriptedServer, subscribe: Received, expires = '600'): void => {
  server.reply(subscribe, 200, { Expires: expires, Contact: '<sip:presence@127.0.0.1>' });
};
