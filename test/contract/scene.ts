/** What the contract's tests play in: a core with an account, and a client that may everything. */
import type { ClientKind } from '../../common/contract/grants.ts';
import { contract, type AhoyContract } from '../../common/contract/index.ts';
import type { AccountId } from '../../common/model/ids.ts';
import { createClient, type Client } from '../../common/transport/client.ts';
import type { SignedInPage } from '../../common/model/page-session.ts';
import type { PageSessions } from '../../main/ports/page-sessions.ts';
import { createFakeAlerts, createFakeDesktop, type FakeAlerts, type FakeDesktop } from '../support/fake-desktop.ts';
import { settled } from '../support/fake-user-agent.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import type { Carrier } from './carriers.ts';

/** What a command does when it may, and the codes with which it is refused. */
export interface CommandCase {
  readonly done: (scene: Scene) => Promise<unknown>;
  readonly refused: readonly (readonly [code: string, attempt: (scene: Scene) => Promise<unknown>])[];
}

/** Opens the scene's passwords, where a test closes them. */
export const PASSPHRASE = 'correct horse battery';

export interface Scene extends TestApp {
  /** A program's. */
  readonly client: Client<AhoyContract>;
  /** Another client, of that kind. */
  readonly as: (kind: ClientKind) => Promise<Client<AhoyContract>>;
  readonly events: string[];
  readonly accountId: AccountId;
  readonly desktop: FakeDesktop;
  readonly alerts: FakeAlerts;
}

export async function connect(test: TestApp, carrier: Carrier, kind: ClientKind): Promise<Client<AhoyContract>> {
  const transport = await carrier((end, as) => {
    test.app.connect(end, as);
  }, kind);
  return createClient(contract, transport, (what) => {
    throw new Error(what);
  });
}

export async function open(carrier: Carrier): Promise<Scene> {
  const desktop = createFakeDesktop();
  const alerts = createFakeAlerts();
  const signedIn: SignedInPage[] = [{ id: 'browser', createdAtMs: 1, lastSeenAtMs: 2, browser: 'Chromium' }];
  const pageSessions: PageSessions = {
    present: () => signedIn,
    onChange: () => undefined,
    end: (id) => signedIn.splice(0, signedIn.length, ...signedIn.filter((each) => each.id !== id)).some((each) => each.id === id),
  };
  const test = await startTestApp(undefined, { desktop, alerts, pageSessions });
  const client = await connect(test, carrier, 'program');
  const events: string[] = [];
  for (const domain of Object.keys(contract) as (keyof AhoyContract)[]) client.follow(domain, (event) => events.push(event.name));
  const added = await client.ask.accounts.add({ settings: { addressOfRecord: 'sip:me@example.org' }, password: 'open sesame' });
  if (!added.ok) throw new Error(added.failure.code);
  const { accountId } = added.value;
  test.opened.get(accountId)!.events.registered(600);
  await settled();
  return { ...test, client, as: (kind) => connect(test, carrier, kind), events, accountId, desktop, alerts };
}

export const value = <T>(outcome: { ok: true; value: T } | { ok: false; failure: { code: string; detail?: string | undefined } }): T => {
  if (!outcome.ok) throw new Error(`${outcome.failure.code} ${outcome.failure.detail ?? ''}`);
  return outcome.value;
};
export const code = (outcome: { ok: boolean; failure?: { code: string } }): string => (outcome.ok ? 'ok' : (outcome.failure?.code ?? ''));
