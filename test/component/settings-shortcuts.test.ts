import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import ShortcutsPanel from '../../renderer/features/settings/ShortcutsPanel.svelte';
import SettingsSheet from '../../renderer/features/settings/SettingsSheet.svelte';
import { ShortcutAction, type Shortcut } from '../../common/model/desktop.ts';
import { createRawSnippet } from 'svelte';
import { FakeHost } from '../support/fake-host.ts';
import { show, storesOf } from './setup.ts';

async function panel(change: Partial<Record<ShortcutAction, Partial<Shortcut>>> = {}, { able = true, platformName = 'Linux x86_64' } = {}) {
  const host = new FakeHost();
  host.host = { ...host.host, capabilities: { ...host.host.capabilities, globalShortcuts: able } };
  host.desktop = {
    ...host.desktop,
    shortcuts: ShortcutAction.options.map((action) => ({
      action,
      accelerator: null,
      state: able ? 'off' : 'unsupported',
      ...change[action],
    })),
  };
  const stores = await storesOf(host);
  await expect.poll(() => stores.desktop.mirror.loaded && stores.host.mirror.loaded).toBe(true);
  const screen = await show(stores, ShortcutsPanel, { platformName });
  return { host, screen };
}

const mute: Partial<Shortcut> = { accelerator: 'CommandOrControl+Shift+M', state: 'set' };

test('every action is off until keys are set', async () => {
  const { screen } = await panel();
  for (const name of ['Answer or hang up', 'Mute the microphone', 'Open Ahoy', 'Dial', 'Call what the clipboard holds']) {
    await expect.element(screen.getByRole('button', { name: `${name}: None` })).toBeVisible();
  }
});

test('keys are recorded with the keyboard alone, and the result is said', async () => {
  const { host, screen } = await panel();
  const field = screen.getByRole('button', { name: /^Dial:/ });
  (field.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(field).toHaveAccessibleName('Dial: Press the keys');
  await expect.element(screen.getByText('Press the keys. Escape cancels, Delete removes.')).toBeVisible();
  await userEvent.keyboard('{Control>}{Alt>}');
  await expect.element(field).toHaveAccessibleName('Dial: Ctrl+Alt');
  await userEvent.keyboard('d{/Alt}{/Control}');
  await expect.element(field).toHaveAccessibleName('Dial: Ctrl+Alt+D');
  expect(host.askedFor('desktop.setShortcut')).toEqual([{ action: 'dial', accelerator: 'CommandOrControl+Alt+D' }]);
  await expect.element(screen.getByText('Dial: Ctrl+Alt+D is set.')).toBeInTheDocument();
  await expect.element(field).toHaveFocus();
});

test('the keys are called as the platform calls them', async () => {
  const { host, screen } = await panel({ mute }, { platformName: 'MacIntel' });
  await expect.element(screen.getByRole('button', { name: 'Mute the microphone: ⇧⌘M' })).toBeVisible();
  await screen.getByRole('button', { name: /^Open Ahoy:/ }).click();
  await userEvent.keyboard('{Meta>}o{/Meta}');
  await expect.poll(() => host.askedFor('desktop.setShortcut')).toEqual([{ action: 'open', accelerator: 'CommandOrControl+O' }]);
});

test('a key that types is refused with the reason, and the next one is taken', async () => {
  const { host, screen } = await panel();
  await screen.getByRole('button', { name: /^Open Ahoy:/ }).click();
  await userEvent.keyboard('{Shift>}b{/Shift}');
  await expect.element(screen.getByText(/^Hold Ctrl, Alt or Super as well/)).toBeVisible();
  expect(host.askedFor('desktop.setShortcut')).toEqual([]);
  await userEvent.keyboard('{F9}');
  await expect.element(screen.getByRole('button', { name: 'Open Ahoy: F9' })).toBeVisible();
});

test('keys that another action has are refused', async () => {
  const { host, screen } = await panel({ mute });
  await screen.getByRole('button', { name: /^Open Ahoy:/ }).click();
  await userEvent.keyboard('{Control>}{Shift>}m{/Shift}{/Control}');
  await expect.element(screen.getByText('“Mute the microphone” has these keys. Take others.')).toBeVisible();
  expect(host.askedFor('desktop.setShortcut')).toEqual([]);
});

test('Delete and the button beside it remove keys', async () => {
  const { host, screen } = await panel({ mute, open: { accelerator: 'F9', state: 'set' } });
  await screen.getByRole('button', { name: /^Mute the microphone:/ }).click();
  await userEvent.keyboard('{Delete}');
  await expect.element(screen.getByRole('button', { name: 'Mute the microphone: None' })).toBeVisible();
  await expect.element(screen.getByText('Mute the microphone has no keys now.')).toBeInTheDocument();
  await screen.getByRole('button', { name: 'Remove the keys for Open Ahoy' }).click();
  await expect.element(screen.getByRole('button', { name: 'Open Ahoy: None' })).toHaveFocus();
  expect(host.askedFor('desktop.setShortcut')).toEqual([
    { action: 'mute', accelerator: null },
    { action: 'open', accelerator: null },
  ]);
});

test('Tab goes on, and what is pressed elsewhere is not recorded', async () => {
  const { host, screen } = await panel();
  await screen.getByRole('button', { name: /^Mute the microphone:/ }).click();
  await userEvent.keyboard('{Tab}');
  await expect.element(screen.getByRole('button', { name: 'Open Ahoy: None' })).toHaveFocus();
  await userEvent.keyboard('{F9}');
  await expect.element(screen.getByRole('button', { name: 'Mute the microphone: None' })).toBeVisible();
  expect(host.askedFor('desktop.setShortcut')).toEqual([]);
});

test('Escape ends the recording and leaves the sheet open', async () => {
  const host = new FakeHost();
  host.host = { ...host.host, capabilities: { ...host.host.capabilities, globalShortcuts: true } };
  host.desktop = { ...host.desktop, shortcuts: [{ action: 'open', accelerator: 'F9', state: 'set' }] };
  const stores = await storesOf(host);
  const empty = createRawSnippet(() => ({ render: () => '<p></p>' }));
  const screen = await show(stores, SettingsSheet, {
    open: true,
    tab: 'shortcuts',
    accounts: empty,
    passwords: empty,
    devices: empty,
    practice: empty,
  });
  await screen.getByRole('button', { name: 'Open Ahoy: F9' }).click();
  await expect.element(screen.getByRole('button', { name: 'Open Ahoy: Press the keys' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('button', { name: 'Open Ahoy: F9' })).toBeVisible();
  await expect.element(screen.getByText('Nothing was changed.')).toBeInTheDocument();
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('dialog', { name: 'Settings' })).not.toBeInTheDocument();
  expect(host.askedFor('desktop.setShortcut')).toEqual([]);
});

test('keys of another program are kept and said to be taken', async () => {
  const { screen } = await panel({ mute: { ...mute, state: 'taken' } });
  await expect.element(screen.getByText(/^Another program has these keys/)).toBeVisible();
});

test('keys that the system does not know are said to be unknown', async () => {
  const { screen } = await panel({ mute: { ...mute, state: 'unsupported' } });
  await expect.element(screen.getByText('This system does not know these keys. Choose others.')).toBeVisible();
});

test('a refusal is shown, and the field stays as it was', async () => {
  const { host, screen } = await panel();
  host.failing.set('desktop.setShortcut', { code: 'storage-failed' });
  await screen.getByRole('button', { name: /^Open Ahoy:/ }).click();
  await userEvent.keyboard('{F9}');
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/could not be stored/);
  await expect.element(screen.getByRole('button', { name: 'Open Ahoy: None' })).toBeVisible();
});

test('without such keys there is one sentence and no field', async () => {
  const { screen } = await panel({}, { able: false });
  await expect.element(screen.getByText('This way of running Ahoy has no keys that work everywhere.')).toBeVisible();
  expect(screen.getByRole('button').elements()).toEqual([]);
});
