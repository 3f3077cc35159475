import { expect, it } from 'vitest';
import { grants, type ClientKind } from '../../../../../../common/contract/grants.ts';
import type { AccountId, ClientId } from '../../../../../../common/model/ids.ts';
import type { Transport } from '../../../../../../common/transport/transport.ts';
import type { App } from '../../../../../../main/app/app.ts';
import { followCore, presentityOf } from '../../../../../../main/hosts/electron/shell/core-mirror.ts';
import { FakeHost } from '../../../../../support/fake-host.ts';
import { createKeptLogger } from '../../../../../support/kept-logger.ts';
import { account, address, presentity } from '../../../../../support/samples.ts';

/** A core that says what a test wants it to say. */
function coreOf(host: FakeHost): App {
  const connect = (transport: Transport, kind: ClientKind): void => {
    host.server.connect(transport, { clientId: 'shell' as ClientId, kind }, grants[kind]);
  };
  return { connect } as unknown as App;
}

const bob = address('bob@example.org');

it('knows an address by each account that watches it; one that forgets it leaves the other’s', async () => {
  const other = 'account-other' as AccountId;
  const host = new FakeHost();
  host.presentities = [presentity('bob@example.org', 'away'), presentity('bob@example.org', 'available', { accountId: other })];
  const { state } = await followCore(coreOf(host), createKeptLogger());
  expect(presentityOf(state, bob)?.status).toBe('available');
  host.publish('presence.forgotten', { accountId: other, address: bob });
  await expect.poll(() => presentityOf(state, bob)?.status).toBe('away');
});

it('does without a domain whose snapshot does not fit, and says so in the log', async () => {
  const host = new FakeHost();
  host.accounts = [account()];
  host.presentities = [{ ...presentity('bob@example.org', 'away'), status: 'asleep' as 'away' }];
  const logger = createKeptLogger();
  const { state } = await followCore(coreOf(host), logger);
  expect([state.accounts.size, state.own]).toEqual([1, null]);
  expect(JSON.stringify(logger.lines)).toContain('presence');
});
