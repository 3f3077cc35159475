import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import DialPad from '../../renderer/features/calls/DialPad.svelte';
import type { Region } from '../../common/model/phone-number.ts';
import { FakeHost } from '../support/fake-host.ts';
import { account, person } from '../support/samples.ts';
import { show, storesOf } from './setup.ts';

async function pad() {
  const host = new FakeHost();
  // The host opens the windows of calls.
  host.host = { ...host.host, capabilities: { ...host.host.capabilities, windows: true } };
  const british = account();
  host.accounts = [{ ...british, settings: { ...british.settings, region: 'GB' as Region } }];
  host.people = [person('Bob Stone', 'bob@example.org'), person('Carol', '+442079460018@example.org')];
  const stores = await storesOf(host);
  const screen = await show(stores, DialPad, { onback: () => undefined });
  const field = screen.getByRole('textbox', { name: 'Name, number or address' });
  await expect.element(field).toBeVisible();
  return { host, screen, field };
}

test('what is typed or pasted with no field in use goes into the field, and Enter calls', async () => {
  const { host, field } = await pad();
  await userEvent.keyboard('0207946');
  await expect.element(field).toHaveValue('0207946');
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('0018{Enter}');
  await expect.poll(() => host.askedFor('calls.place')).toMatchObject([{ to: 'sip:02079460018@example.org', video: false }]);
  await expect.element(field).toHaveValue('');

  (document.activeElement as HTMLElement).blur();
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', '+44 (0)20 7946 0019\n');
  window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
  await expect.element(field).toHaveValue('+44 (0)20 7946 0019');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => host.askedFor('calls.place').at(-1)).toMatchObject({ to: 'sip:+442079460019@example.org' });
});

test('what is understood stands below the field, as numbers are written', async () => {
  const { screen, field } = await pad();
  await field.fill('+44(0)20-7946-0019');
  await expect.element(screen.getByText('+44 20 7946 0019')).toBeVisible();
  await field.fill('02079460018');
  await expect.element(screen.getByText('020 7946 0018')).toBeVisible();
  await field.fill('dave');
  await expect.element(screen.getByText('dave@example.org')).toBeVisible();
});

test.each([
  ['sto', 'Call Bob Stone, bob@example.org', 'sip:bob@example.org'],
  ['020 79', 'Call Carol, +442079460018@example.org', 'sip:+442079460018@example.org'],
])('%s suggests who fits, whom the arrows reach and a press calls', async (typed, label, to) => {
  const { host, screen, field } = await pad();
  await field.fill(typed);
  await expect.element(screen.getByRole('button', { name: label })).toBeVisible();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(screen.getByRole('button', { name: label })).toHaveFocus();
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.poll(() => host.askedFor('calls.place')).toMatchObject([{ to }]);
});

test('a long address is seen whole', async () => {
  const { field } = await pad();
  await field.fill('somebody.with.a.very.long.name@conference.department.example.org');
  const element = field.element();
  expect([element.scrollWidth <= element.clientWidth, element.scrollHeight <= element.clientHeight]).toEqual([true, true]);
});
