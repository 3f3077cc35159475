/** A window's worth of stores over a fake host, ready when everything is loaded; stopped after the test. */
import type { Component } from 'svelte';
import { expect, onTestFinished } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { ClientKind } from '../../common/contract/grants.ts';
import { HostConnection } from '../../renderer/bridge/host-connection.svelte.ts';
import type { Carrier } from '../../renderer/bridge/carrier.ts';
import { Stores } from '../../renderer/state/stores.svelte.ts';
import type { FakeHost } from '../support/fake-host.ts';
import Harness from './Harness.svelte';

export async function storesOf(host: FakeHost, kind: ClientKind = 'main', carrier: Carrier = host.carrier(kind)): Promise<Stores> {
  const connection = new HostConnection(carrier, (what) => {
    throw new Error(`contract mismatch: ${what}`);
  });
  const stores = new Stores(connection, kind);
  stores.start();
  connection.start();
  onTestFinished(() => {
    stores.stop();
    connection.stop();
  });
  await expect.poll(() => stores.settings.mirror.loaded && stores.accounts.mirror.loaded && stores.calls.mirror.loaded).toBe(true);
  if (kind === 'main') await expect.poll(() => stores.messaging.mirror.loaded && stores.practice.mirror.loaded).toBe(true);
  return stores;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function show(stores: Stores, part: Component<any>, given: Record<string, unknown> = {}) {
  return render(Harness, { stores, part, given });
}
