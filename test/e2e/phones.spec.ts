/**
 * Calls with a desk phone that is no browser: Debian's baresip, registered at the same Kamailio, speaking plain RTP.
 * What is heard is proved by tones: 440 Hz of the phone, 1000 Hz of the microphone.
 *
 *   Alice's page ══ DTLS-SRTP, loopback ══ gateway ══ RTP ══ baresip
 *        └── host ── SIP ── Kamailio ── SIP ──────────────────┘
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { TONE_HERTZ, type Baresip, type BaresipOptions } from '../support/baresip.ts';
import { chromiumLaunch } from '../support/chromium.ts';
import { startKamailio, type Kamailio } from '../support/kamailio.ts';
import { writeTone } from '../support/tone-file.ts';
import { expect, test as base, type Profile } from './support/ahoy.ts';
import { expectSound } from './support/call-statistics.ts';
import { startDeskPhone } from './support/desk-phone.ts';
import { startChat } from './support/main-window.ts';
import { signIn, type SignInOptions } from './support/sign-in.ts';
import { loudestTone } from './support/tones.ts';
import type { Page } from '@playwright/test';

const MICROPHONE_HERTZ = 1_000;

const test = base.extend({
  sharedBrowser: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from the pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'ahoy-microphone-'));
      writeTone(join(folder, 'microphone.wav'), MICROPHONE_HERTZ, 10);
      const args = [...chromiumLaunch.args, `--use-file-for-fake-audio-capture=${join(folder, 'microphone.wav')}`];
      const browser = await chromium.launch({ ...chromiumLaunch, args });
      await use(browser);
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});

let server: Kamailio;
test.beforeAll(async () => {
  server = await startKamailio();
});
test.afterAll(async () => {
  await server.stop();
});

const phones: Baresip[] = [];
test.afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.stop();
});

let count = 0;
interface Desk {
  readonly alice: Profile;
  readonly aliceUri: string;
  readonly phone: Baresip;
  readonly phoneUser: string;
}

async function desk(
  openProfile: (name?: string) => Promise<Profile>,
  transport: NonNullable<SignInOptions['transport']>,
  options: Partial<BaresipOptions> = {},
): Promise<Desk> {
  count += 1;
  const aliceUri = `sip:alice${count}@${server.domain}`;
  const phoneUser = `desk${count}`;
  const phone = await startDeskPhone(server, phoneUser, aliceUri, options);
  phones.push(phone);
  const alice = await openProfile('alice');
  await signIn(alice.page, `alice${count}`, server, { transport });
  return { alice, aliceUri, phone, phoneUser };
}

async function callPhone({ alice, phoneUser }: Desk): Promise<Page> {
  await startChat(alice.page, `${phoneUser}@${server.domain}`);
  const window = await alice.callWindow(() => alice.page.getByRole('button', { name: 'Call', exact: true }).click());
  await expect(window.locator('[data-call-state=active]')).toBeVisible();
  return window;
}

/** Each hears the other's tone; the page's own processing of sound leaves about half of the energy in it. */
async function expectTones(window: Page, phone: Baresip): Promise<void> {
  await expectSound(window);
  expect(Math.abs((await loudestTone(window)) - TONE_HERTZ)).toBeLessThan(15);
  await expect.poll(() => phone.heard(MICROPHONE_HERTZ)).toBeGreaterThan(0.4);
}

for (const [codec, transport, protection, options] of [
  ['PCMU', 'tcp', 'none', { codec: 'PCMU/8000/1' }],
  ['PCMA', 'udp', 'none', { codec: 'PCMA/8000/1' }],
  ['G.722', 'tls', 'none', { codec: 'G722/16000/1' }],
  ['Opus', 'ws', 'none', { codec: 'opus/48000/2' }],
  ['PCMU by SDES', 'tcp', 'sdes-in-clear', { codec: 'PCMU/8000/1', encryption: 'srtp-mand' }],
  ['Opus by SDES', 'tls', 'sdes', { codec: 'opus/48000/2', encryption: 'srtp-mand' }],
] as const)
  test(`calling the desk phone, ${codec}, from an account by ${transport}: each hears the other`, async ({ openProfile }) => {
    const at = await desk(openProfile, transport, options);
    const window = await callPhone(at);
    await expectTones(window, at.phone);
    await expect(window.locator(`[data-protection=${protection}]`)).toBeVisible();
    await window.getByRole('button', { name: 'End' }).click();
    await expect.poll(() => at.phone.printed()).toContain('session closed');
  });

for (const [what, options] of [
  ['plain', {}],
  ['by SDES', { encryption: 'srtp-mand' }],
] as const)
  test(`the desk phone calls, ${what}: it rings, is accepted, held and resumed, and both are heard`, async ({ openProfile }) => {
    const at = await desk(openProfile, 'udp', { answers: 'manual', ...options });
    await at.phone.ask('dial', at.aliceUri);
    const card = at.alice.page.getByRole('article', { name: /Incoming call from/ });
    await expect(card).toBeVisible();
    const window = await at.alice.callWindow(() => card.getByRole('button', { name: 'Accept', exact: true }).click());
    await expect(window.locator('[data-call-state=active]')).toBeVisible();
    await expectTones(window, at.phone);
    await window.getByRole('button', { name: 'Hold' }).click();
    await expect(window.getByText('On hold').first()).toBeVisible();
    await window.getByRole('button', { name: 'Resume' }).click();
    await expectTones(window, at.phone);
    await window.getByRole('button', { name: 'End' }).click();
  });
