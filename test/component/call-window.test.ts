import { expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../renderer/ui/base.css';
import '../../renderer/ui/tokens.css';
import { render } from 'vitest-browser-svelte';
import type { Call } from '../../common/model/call.ts';
import { CallOwner } from '../../renderer/media/call-owner.svelte.ts';
import CallWindow from '../../renderer/windows/CallWindow.svelte';
import { FakeHost } from '../support/fake-host.ts';
import { account, call } from '../support/samples.ts';
import { storesOf } from './setup.ts';

async function callWindow(present: Call | null, prepare: (host: FakeHost) => void = () => undefined) {
  const host = new FakeHost();
  host.accounts = [account()];
  if (present) host.calls = [present];
  prepare(host);
  const close = vi.spyOn(window, 'close').mockImplementation(() => undefined);
  const stores = await storesOf(host, 'call');
  const owner = new CallOwner(call('c1').id, { microphoneId: null, cameraId: null, speakerId: null });
  onTestFinished(() => {
    owner.stop();
    close.mockRestore();
  });
  const screen = await render(CallWindow, { stores, owner, callId: call('c1').id });
  return { host, stores, owner, screen, close };
}

const active = call('c1', { state: 'active', answeredAtMs: Date.now() });

test('the window claims the call and says what it is doing', async () => {
  const { host, screen } = await callWindow(call('c1', { direction: 'outgoing', state: 'ringing' }));
  await expect.element(screen.getByText('Ringing…')).toBeVisible();
  await expect.element(screen.getByTestId('call')).toHaveAttribute('data-call-state', 'ringing');
  await expect.poll(() => host.askedFor('media.claim')).toEqual([{ callId: 'c1' }]);
});

test('M, H and D work, and digits are tones while the keypad is open', async () => {
  const { host, screen } = await callWindow(active);
  await expect.element(screen.getByRole('button', { name: 'Mute' })).toBeVisible();
  await userEvent.keyboard('m');
  await expect.element(screen.getByRole('button', { name: 'Unmute' })).toBeVisible();
  await userEvent.keyboard('h5');
  await expect.poll(() => host.askedFor('calls.hold').length).toBe(1);
  expect(host.askedFor('calls.sendDtmf')).toEqual([]);
  await userEvent.keyboard('d');
  await expect.element(screen.getByRole('button', { name: 'Key 5' })).toBeVisible();
  await userEvent.keyboard('5#');
  await expect
    .poll(() => host.askedFor('calls.sendDtmf'))
    .toEqual([
      { callId: 'c1', tones: '5' },
      { callId: 'c1', tones: '#' },
    ]);
});

test('hold becomes resume when the host says so', async () => {
  const { host, screen } = await callWindow(active);
  await screen.getByRole('button', { name: 'Hold' }).click();
  host.setCall({ ...active, heldByUs: true });
  await expect.element(screen.getByText('On hold')).toBeVisible();
  await screen.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => host.askedFor('calls.resume').length).toBe(1);
});

test('in the smallest window the buttons are one row, and nothing is cut or lies over another, keypad or not', async () => {
  await page.viewport(320, 420);
  onTestFinished(() => page.viewport(1100, 720));
  const { screen } = await callWindow(active);
  const height = document.createElement('style');
  height.textContent = 'html, body, body > div { height: 100%; margin: 0; }';
  document.head.append(height);
  onTestFinished(() => height.remove());
  const boxes = (): DOMRect[] =>
    [...document.querySelectorAll('.who > *, .keypad button, .row button, .controls > button')]
      .map((element) => element.getBoundingClientRect())
      .filter((box) => box.width > 0 && box.height > 0);
  const faults = (): string[] => {
    const all = boxes();
    const outside = all.filter((box) => box.top < 0 || box.left < 0 || box.right > 320.5 || box.bottom > 420.5);
    const isOver = (a: DOMRect, b: DOMRect): boolean =>
      a.left + 0.5 < b.right && b.left + 0.5 < a.right && a.top + 0.5 < b.bottom && b.top + 0.5 < a.bottom;
    const over = all.flatMap((a, index) => all.slice(index + 1).filter((b) => isOver(a, b)));
    return [...outside.map(() => 'outside'), ...over.map(() => 'over another')];
  };
  const rows = (): number => new Set([...document.querySelectorAll('.row button')].map((each) => each.getBoundingClientRect().top)).size;
  await expect.element(screen.getByRole('button', { name: 'Mute' })).toBeVisible();
  expect([rows(), faults()]).toEqual([1, []]);
  await userEvent.keyboard('d');
  await expect.element(screen.getByRole('button', { name: 'Key 5' })).toBeVisible();
  expect([rows(), faults()]).toEqual([1, []]);
});

test('a received tone is shown', async () => {
  const { host, screen } = await callWindow(active);
  host.publish('calls.dtmfReceived', { callId: call('c1').id, tone: '7' });
  await expect.element(screen.getByText('They pressed 7')).toBeVisible();
});

test('an ended call closes its window', async () => {
  const { host, screen, close } = await callWindow(active);
  await screen.getByRole('button', { name: 'End' }).click();
  await expect.poll(() => host.askedFor('calls.end').length).toBe(1);
  host.setCall({ ...active, state: 'ended' });
  await expect.element(screen.getByText('Call ended')).toBeVisible();
  await expect.poll(() => close.mock.calls.length, { timeout: 8_000 }).toBe(1);
});

test('a call that failed stays to be read, and is called again or written to from there', async () => {
  const { host, screen, close } = await callWindow(active, (host) => {
    host.host = { ...host.host, capabilities: { ...host.host.capabilities, windows: true } };
  });
  host.setCall({ ...active, state: 'ended', failure: { code: 'unknown-address', status: 404 } });
  await expect.element(screen.getByText('Not reachable now, or there is no such address.')).toBeVisible();
  await screen.getByRole('button', { name: 'Write' }).click();
  await expect.poll(() => host.askedFor('messaging.open').length).toBe(1);
  await screen.getByRole('button', { name: 'Call again' }).click();
  await expect.poll(() => host.askedFor('calls.place')).toMatchObject([{ to: active.peer, video: false }]);
  await expect.poll(() => close.mock.calls.length).toBe(2);
});

test('a call that is open elsewhere or gone is told', async () => {
  const elsewhere = await callWindow(active, (host) => host.failing.set('media.claim', { code: 'conflict' }));
  await expect.element(elsewhere.screen.getByText('This call is open in another window.')).toBeVisible();
  await elsewhere.screen.unmount();
  const gone = await callWindow(null, (host) => host.failing.set('media.claim', { code: 'not-found' }));
  await expect.element(gone.screen.getByText('This call is over.')).toBeVisible();
});

test.each([
  ['dtls', 'Encrypted to the other side, or to the server before it', null],
  ['sdes', 'Encrypted; the keys went over your server’s encrypted connection', null],
  ['sdes-in-clear', 'Encrypted, but your connection to the server is not: whoever reads it has the keys', 'Weakly encrypted'],
  ['none', 'Not encrypted: this phone or its server cannot', 'Not encrypted'],
] as const)('the lock tells the truth: %s', async (protection, words, short) => {
  const { screen } = await callWindow({ ...active, protection });
  const lock = screen.getByRole('button', { name: words });
  await expect.element(lock).toBeVisible();
  if (short === null) expect(lock.element().textContent.trim()).toBe('');
  else await expect.element(lock).toMatchTextContent(new RegExp(short));
});

test('nothing is said of protection before a call is answered', async () => {
  const { screen } = await callWindow(call('c1', { direction: 'outgoing', state: 'ringing' }));
  await expect.element(screen.getByText('Ringing…')).toBeVisible();
  expect(screen.container.querySelector('[data-protection]')).toBeNull();
});
