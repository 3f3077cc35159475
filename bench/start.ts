/** From the start of the process to registered; from the start of a page to its list; memory when idle. */
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { AddressOfRecord } from '../common/model/address-of-record.ts';
import type { Kamailio } from '../test/support/kamailio.ts';
import { chromiumLaunch } from '../test/support/chromium.ts';
import { percentile, residentMiB, round, startHost, until } from './support.ts';

const RUNS = 5;
const CONVERSATIONS = 200;
const IDLE_MS = 10_000;

async function preparedProfile(server: Kamailio): Promise<string> {
  const host = await startHost();
  const client = await host.client();
  const added = await client.ask.accounts.add({
    settings: { addressOfRecord: `sip:bench@${server.domain}`, transport: 'ws', server: '127.0.0.1', port: server.ports.ws },
    password: server.password,
  });
  if (!added.ok) throw new Error(added.failure.code);
  for (let n = 0; n < CONVERSATIONS; n += 1) {
    await client.ask.messaging.open({ accountId: added.value.accountId, peer: `sip:peer${n}@${server.domain}` as AddressOfRecord });
  }
  await host.program.stop('SIGINT');
  return host.profile;
}

export async function benchStart(server: Kamailio): Promise<Readonly<Record<string, number>>> {
  const prepared = await preparedProfile(server);
  const registered: number[] = [];
  const drawn: number[] = [];
  let idleMiB = Number.NaN;
  const browser = await chromium.launch(chromiumLaunch);
  for (let run = 0; run < RUNS; run += 1) {
    const profile = mkdtempSync(join(tmpdir(), 'ahoy-bench-'));
    cpSync(prepared, profile, { recursive: true });
    const host = await startHost(profile);
    const client = await host.client();
    await until(async () => {
      const snapshot = await client.snapshot('accounts');
      return snapshot.ok && snapshot.value.state.accounts[0]?.registration.state === 'registered';
    });
    registered.push(performance.now() - host.startedAtMs);

    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(host.address);
    await page.locator('button[data-row]').first().waitFor();
    // The second load is what a person has every day: signed in, the files in the browser's cache.
    await page.goto(new URL('/', host.address).href, { waitUntil: 'commit' });
    drawn.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const look = (): void => {
              if (document.querySelector('button[data-row]')) requestAnimationFrame(() => resolve(performance.now()));
              else requestAnimationFrame(look);
            };
            look();
          }),
      ),
    );
    await context.close();
    if (run === RUNS - 1) {
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
      idleMiB = residentMiB(host.program.pid);
    }
    await host.program.stop('SIGINT');
  }
  await browser.close();
  return {
    processStartToRegisteredMs: percentile(registered, 0.5),
    pageStartToListDrawnMs: percentile(drawn, 0.5),
    conversationsInList: CONVERSATIONS,
    idleResidentMiB: round(idleMiB),
  };
}
