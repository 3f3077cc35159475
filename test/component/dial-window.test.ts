import { expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../renderer/ui/base.css';
import '../../renderer/ui/tokens.css';
import DialWindow from '../../renderer/windows/DialWindow.svelte';
import { FakeHost } from '../support/fake-host.ts';
import { account, conversation, person } from '../support/samples.ts';
import { storesOf } from './setup.ts';

async function dial(accounts = [account()]) {
  await page.viewport(460, 360);
  const close = vi.spyOn(window, 'close').mockImplementation(() => undefined);
  onTestFinished(() => close.mockRestore());
  const host = new FakeHost();
  host.host = { ...host.host, capabilities: { ...host.host.capabilities, windows: true } };
  host.accounts = accounts;
  host.people = [person('Bob', 'bob@example.org')];
  host.conversations = [conversation('echo@example.org', { changedAtMs: 2_000 }), conversation('carol@example.org')];
  const stores = await storesOf(host, 'dial');
  await expect.poll(() => stores.people.mirror.loaded && stores.messaging.mirror.loaded && stores.host.mirror.loaded).toBe(true);
  const screen = await render(DialWindow, { stores });
  return { host, screen, close, field: screen.getByRole('combobox', { name: 'Name, number or address to call' }) };
}

test('typed and entered, the first that fits is called, and the window closes', async () => {
  const { host, screen, close, field } = await dial();
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('bob');
  await expect.element(screen.getByRole('option', { name: /Call Bob/ })).toHaveAttribute('data-selected');
  expect(host.askedFor('calls.place')).toEqual([]);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => close.mock.calls.length).toBe(1);
  expect(host.askedFor('calls.place')).toMatchObject([{ to: 'sip:bob@example.org', video: false }]);
});

test('a number is called at the account’s domain', async () => {
  const { host, field } = await dial();
  await field.fill('+44 20 1234');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => host.askedFor('calls.place')).toMatchObject([{ to: 'sip:+44201234@example.org' }]);
});

test('with nothing typed, those last written with are offered', async () => {
  const { screen } = await dial();
  await expect.element(screen.getByRole('option', { name: /Call echo@example.org/ })).toBeVisible();
});

test('Escape closes the window and calls nobody', async () => {
  const { host, close, field } = await dial();
  await field.fill('bob');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => close.mock.calls.length).toBe(1);
  expect(host.askedFor('calls.place')).toEqual([]);
});

test('a refused call is told, and the window stays', async () => {
  const { host, screen, close, field } = await dial();
  host.failing.set('calls.place', { code: 'offline' });
  await field.fill('bob');
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/The account is not signed in/);
  expect(close).not.toHaveBeenCalled();
  await field.fill('carol');
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
});

test('shown again, it starts afresh', async () => {
  const { host, screen, field } = await dial();
  host.failing.set('calls.place', { code: 'offline' });
  await field.fill('bob');
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('alert')).toBeVisible();
  window.dispatchEvent(new Event('focus'));
  await expect.element(field).toHaveValue('');
  await expect.element(field).toHaveFocus();
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
});

test('without an account it says what to do first', async () => {
  const { screen } = await dial([]);
  await expect.element(screen.getByText('Sign in to an account first.')).toBeVisible();
});

test('Enter in an empty field calls nobody; the arrows choose from the top, and Enter calls who was chosen', async () => {
  const { host, screen, field } = await dial();
  const [first, second] = [screen.getByRole('option', { name: /Call echo/ }), screen.getByRole('option', { name: /Call carol/ })];
  await expect.element(first).toHaveAttribute('aria-selected', 'false');
  await expect.element(field).not.toHaveAttribute('aria-activedescendant');
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(first).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(second).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => host.askedFor('calls.place')).toMatchObject([{ to: 'sip:carol@example.org' }]);
});

test('a click calls whoever it falls on, with nothing typed too', async () => {
  const { host, screen, close } = await dial();
  await screen.getByRole('option', { name: /Call carol/ }).click();
  await expect.poll(() => close.mock.calls.length).toBe(1);
  expect(host.askedFor('calls.place')).toMatchObject([{ to: 'sip:carol@example.org' }]);
});

test('a second Enter while the call is being placed is no second call', async () => {
  const { host, screen, close, field } = await dial();
  await field.fill('bob');
  await expect.element(screen.getByRole('option', { name: /Call Bob/ })).toHaveAttribute('data-selected');
  for (let press = 0; press < 2; press++) {
    field.element().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  }
  await expect.poll(() => close.mock.calls.length).toBe(1);
  expect(host.askedFor('calls.place')).toHaveLength(1);
});
