/** Two sides on one scripted server, and a call of Alice's that Bob has answered. */
import { ScriptedServer } from './scripted-server.ts';
import { openSide, type CallRecord, type Side, type SideOptions } from './sip-side.ts';

export interface StandingCall {
  readonly server: ScriptedServer;
  readonly alice: Side;
  readonly bob: Side;
  readonly outgoing: CallRecord;
  readonly incoming: CallRecord;
}

/** `options` are Alice's. The first connection of the server is hers. */
export async function standingCall(video = false, options: SideOptions = {}): Promise<StandingCall> {
  const server = new ScriptedServer();
  const alice = openSide({ user: 'alice', openSocket: server.openSocket, ...options });
  const bob = openSide({ user: 'bob', openSocket: server.openSocket });
  await alice.register();
  await bob.register();
  const outgoing = alice.call('sip:bob@sip.test', video);
  const incoming = await bob.incoming.until(() => true);
  incoming.session.accept(video);
  await Promise.all([outgoing.until('answered'), incoming.until('answered'), server.request('ACK')]);
  await new Promise((resolve) => setImmediate(resolve));
  return { server, alice, bob, outgoing, incoming };
}
