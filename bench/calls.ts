/** Call setup between two hosts in Chromium: from the click to INVITE, from INVITE to the first RTP packet. */
import { chromium } from '@playwright/test';
import type { AddressOfRecord } from '../common/model/address-of-record.ts';
import type { Kamailio } from '../test/support/kamailio.ts';
import { chromiumLaunch } from '../test/support/chromium.ts';
import { percentile, startHost, until, type RunningHost } from './support.ts';

const CALLS = 8;

async function signedIn(user: string, server: Kamailio) {
  const host: RunningHost = await startHost();
  const client = await host.client();
  const added = await client.ask.accounts.add({
    settings: { addressOfRecord: `sip:${user}@${server.domain}`, transport: 'ws', server: '127.0.0.1', port: server.ports.ws },
    password: server.password,
  });
  if (!added.ok) throw new Error(added.failure.code);
  return { host, client, accountId: added.value.accountId };
}

export async function benchCallSetup(server: Kamailio): Promise<Readonly<Record<string, number>>> {
  const browser = await chromium.launch(chromiumLaunch);
  const [alice, bob] = [await signedIn('bench-caller', server), await signedIn('bench-callee', server)];
  await alice.client.ask.messaging.open({ accountId: alice.accountId, peer: `sip:bench-callee@${server.domain}` as AddressOfRecord });
  const pages = [];
  for (const { host } of [alice, bob]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(host.address);
    pages.push({ context, page });
  }
  const [near, far] = pages as [(typeof pages)[0], (typeof pages)[0]];
  await near.page.locator('button[data-row]').first().click();
  const clickToInvite: number[] = [];
  const inviteToRtp: number[] = [];
  for (let n = 0; n < CALLS; n += 1) {
    const invited = new Promise<number>((resolve) => {
      const end = alice.client.listen('calls.changed', ({ call }) => {
        if (call.state !== 'calling') return;
        end();
        resolve(Date.now());
      });
    });
    // The far side accepts the moment it rings, so that the time is ours and not a person's.
    const acceptAt = far.page.getByRole('button', { name: 'Accept', exact: true });
    const opened = near.context.waitForEvent('page');
    const clickedAt = Date.now();
    await near.page.getByRole('button', { name: 'Call', exact: true }).click();
    const invitedAt = await invited;
    clickToInvite.push(invitedAt - clickedAt);
    const window = await opened;
    const ringingAt = await acceptAt.waitFor().then(() => Date.now());
    await acceptAt.click();
    const acceptedAt = Date.now();
    const packetAt = await window.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const look = (): void => {
            void (globalThis as unknown as { ahoyCallStatistics(): Promise<{ audioPacketsReceived: number }> })
              .ahoyCallStatistics()
              .then(({ audioPacketsReceived }) => {
                if (audioPacketsReceived > 0) resolve(Date.now());
                else setTimeout(look, 2);
              });
          };
          look();
        }),
    );
    // Without the moment between the ring and the click on Accept, which is the benchmark's own.
    inviteToRtp.push(ringingAt - invitedAt + (packetAt - acceptedAt));
    await window.getByRole('button', { name: 'End' }).click();
    await until(() => window.isClosed());
    await until(async () => {
      const snapshot = await bob.client.snapshot('calls');
      return snapshot.ok && snapshot.value.state.calls.length === 0;
    });
  }
  await browser.close();
  await alice.host.program.stop('SIGINT');
  await bob.host.program.stop('SIGINT');
  return {
    calls: CALLS,
    clickToInviteP50Ms: percentile(clickToInvite, 0.5),
    inviteToFirstRtpP50Ms: percentile(inviteToRtp, 0.5),
  };
}
