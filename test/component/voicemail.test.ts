import { expect, test } from 'vitest';
import VoicemailRows from '../../renderer/features/calls/VoicemailRows.svelte';
import type { AccountId } from '../../common/model/ids.ts';
import type { VoicemailBox } from '../../common/model/voicemail.ts';
import { FakeHost } from '../support/fake-host.ts';
import { account, address, aliceAccountId } from '../support/samples.ts';
import { show, storesOf } from './setup.ts';

const workId = 'account-work' as AccountId;
const work = account({ id: workId, settings: { ...account().settings, addressOfRecord: address('alice@work.example') } });

function box(change: Partial<VoicemailBox> = {}): VoicemailBox {
  return { accountId: aliceAccountId, newCount: 2, oldCount: 1, address: address('voicemail@example.org'), sinceMs: 1_000, ...change };
}

async function rows(boxes: VoicemailBox[], accounts = [account()]) {
  const host = new FakeHost();
  host.host = { ...host.host, capabilities: { ...host.host.capabilities, windows: true } };
  host.accounts = accounts;
  host.voicemail = boxes;
  const stores = await storesOf(host);
  await expect.poll(() => stores.voicemail.mirror.loaded && stores.host.mirror.loaded).toBe(true);
  const screen = await show(stores, VoicemailRows);
  return { host, screen };
}

test('what waits is told once, and a click calls the box by its account', async () => {
  const { host, screen } = await rows([box()]);
  const row = screen.getByRole('button');
  await expect.element(row).toHaveAccessibleName('Call Voicemail 2 new messages');
  await row.click();
  await expect
    .poll(() => host.askedFor('calls.place'))
    .toEqual([{ accountId: aliceAccountId, to: 'sip:voicemail@example.org', video: false }]);
});

test('a server that names no box is called at one’s own address', async () => {
  const { host, screen } = await rows([box({ address: null })]);
  await screen.getByRole('button').click();
  await expect.poll(() => host.askedFor('calls.place')).toMatchObject([{ to: 'sip:alice@example.org' }]);
});

test('with several accounts each row says whose it is; a box with nothing in it has none', async () => {
  const { host, screen } = await rows([box(), box({ accountId: workId, newCount: 0, oldCount: 0 })], [account(), work]);
  await expect.element(screen.getByRole('button')).toHaveAccessibleName('Call Voicemail 2 new messages · alice@example.org');
  host.publish('voicemail.changed', { box: box({ accountId: workId, newCount: 0, oldCount: 12 }) });
  await expect.element(screen.getByRole('button', { name: /12 old messages · alice@work.example/ })).toBeVisible();
  host.publish('voicemail.changed', { box: box({ newCount: 0, oldCount: 0 }) });
  await expect.poll(() => screen.getByRole('button').elements().length).toBe(1);
  host.publish('voicemail.removed', { accountId: workId });
  await expect.element(screen.getByRole('button')).not.toBeInTheDocument();
});
