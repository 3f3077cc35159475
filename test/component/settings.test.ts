import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { createRawSnippet, type Component } from 'svelte';
import type { Desktop, LinkHandling, Update } from '../../common/model/desktop.ts';
import type { HostCapabilities } from '../../common/model/host.ts';
import type { Settings } from '../../common/model/settings.ts';
import type { Secrets } from '../../common/model/secrets.ts';
import AboutPanel from '../../renderer/features/settings/AboutPanel.svelte';
import AlertsPanel from '../../renderer/features/settings/AlertsPanel.svelte';
import DesktopPanel from '../../renderer/features/settings/DesktopPanel.svelte';
import PasswordsPanel from '../../renderer/features/secrets/PasswordsPanel.svelte';
import SettingsSheet from '../../renderer/features/settings/SettingsSheet.svelte';
import { FakeHost } from '../support/fake-host.ts';
import { show, storesOf } from './setup.ts';

interface Given {
  capabilities?: Partial<HostCapabilities>;
  desktop?: Partial<Desktop>;
  settings?: Partial<Settings>;
  secrets?: Secrets;
}

async function panel(part: Component, given: Given = {}) {
  const host = new FakeHost();
  host.host = { ...host.host, capabilities: { ...host.host.capabilities, ...given.capabilities } };
  host.desktop = { ...host.desktop, ...given.desktop };
  host.settings = { ...host.settings, ...given.settings };
  if (given.secrets) host.secrets = given.secrets;
  const stores = await storesOf(host);
  await expect.poll(() => stores.desktop.mirror.loaded && stores.host.mirror.loaded && stores.secrets.mirror.loaded).toBe(true);
  const screen = await show(stores, part);
  return { host, screen };
}

const links = (state: LinkHandling['state']): LinkHandling[] =>
  (['sip', 'sips', 'tel', 'ahoy'] as const).map((scheme) => ({ scheme, state }));
const canStart = { autostart: { supported: true, enabled: false } };

test('start with the computer is asked for, and shown only when the host says so', async () => {
  const { host, screen } = await panel(DesktopPanel, { desktop: canStart, capabilities: { tray: true } });
  const autostart = screen.getByRole('switch', { name: 'Start with the computer', exact: true });
  const minimised = screen.getByRole('switch', { name: 'Open without a window when started with the computer', exact: true });
  await expect.element(minimised).toHaveAccessibleDescription('Ahoy waits in the tray then.');
  await expect.element(minimised).toBeDisabled();
  host.failing.set('desktop.setAutostart', { code: 'storage-failed', detail: 'EACCES: /home/alice/.config' });
  await autostart.click();
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/could not be stored.*EACCES: \/home\/alice/);
  await expect.element(autostart).not.toBeChecked();
  host.failing.clear();
  await autostart.click();
  await expect.element(autostart).toBeChecked();
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
  await minimised.click();
  await expect.element(minimised).not.toBeChecked();
  expect(host.askedFor('settings.set')).toEqual([{ settings: { startMinimised: false } }]);
});

test('a host that cannot start with the computer says so and offers nothing', async () => {
  const { screen } = await panel(DesktopPanel, { desktop: { autostart: { supported: false, enabled: true } } });
  const autostart = screen.getByRole('switch', { name: /^Start with the computer/ });
  await expect.element(autostart).toBeDisabled();
  await expect.element(autostart).not.toBeChecked();
  await expect.element(autostart).toHaveAccessibleDescription('This way of running Ahoy cannot start it with the computer.');
  await expect.element(screen.getByRole('switch', { name: /^Open without a window/ })).not.toBeInTheDocument();
});

test('closing to the tray is a choice where there is a tray', async () => {
  const { host, screen } = await panel(DesktopPanel, { capabilities: { tray: true } });
  const close = screen.getByRole('switch', { name: /^Keep running in the tray/ });
  await expect.element(close).toBeChecked();
  await close.click();
  await expect.element(close).not.toBeChecked();
  expect(host.askedFor('settings.set')).toEqual([{ settings: { closeToTray: false } }]);
});

test('without a tray it is said that closing the window ends Ahoy', async () => {
  const { screen } = await panel(DesktopPanel, { settings: { closeToTray: true } });
  const close = screen.getByRole('switch', { name: /^Keep running in the tray/ });
  await expect.element(close).toBeDisabled();
  await expect.element(close).not.toBeChecked();
  await expect.element(close).toHaveAccessibleDescription('This desktop shows no tray icons, so closing the window ends Ahoy.');
});

test('links are taken and given back, each as the system has it', async () => {
  const { host, screen } = await panel(DesktopPanel, { capabilities: { links: true }, desktop: { links: links('other') } });
  expect(screen.getByText('Not opened by Ahoy').elements()).toHaveLength(4);
  await expect.element(screen.getByRole('button', { name: 'Give them back' })).not.toBeInTheDocument();
  await screen.getByRole('button', { name: 'Open them in Ahoy' }).click();
  await expect.poll(() => screen.getByText('Opened by Ahoy', { exact: true }).elements().length).toBe(4);
  await expect.element(screen.getByRole('button', { name: 'Give them back' })).toHaveFocus();
  await screen.getByRole('button', { name: 'Give them back' }).click();
  await expect.element(screen.getByRole('button', { name: 'Open them in Ahoy' })).toBeVisible();
  expect(host.askedFor('desktop.setOpensLinks')).toEqual([{ enabled: true }, { enabled: false }]);
});

test('a system that does not give links is quoted, and nothing is pretended', async () => {
  const { host, screen } = await panel(DesktopPanel, { capabilities: { links: true }, desktop: { links: links('other') } });
  host.failing.set('desktop.setOpensLinks', { code: 'not-supported', detail: 'ahoy.desktop is not installed' });
  await screen.getByRole('button', { name: 'Open them in Ahoy' }).click();
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/This is not possible here.*ahoy\.desktop is not installed/);
  expect(screen.getByText('Not opened by Ahoy').elements()).toHaveLength(4);
});

test('a host without links says so', async () => {
  const { screen } = await panel(DesktopPanel, { desktop: { links: links('unsupported') } });
  await expect.element(screen.getByText('This way of running Ahoy cannot open links of other programs.')).toBeVisible();
  await expect.element(screen.getByRole('button')).not.toBeInTheDocument();
});

test('away is chosen in minutes; a value that is not in the list can stay', async () => {
  const { host, screen } = await panel(DesktopPanel, { capabilities: { idle: true }, settings: { awayAfterMinutes: 7 } });
  const after = screen.getByRole('combobox', { name: 'Show me as away after' });
  await expect.element(after).toHaveValue('7');
  expect([...(after.element() as HTMLSelectElement).options].map((option) => option.value)).toEqual([
    '0',
    '5',
    '7',
    '10',
    '15',
    '30',
    '60',
  ]);
  await after.selectOptions('Never');
  await expect.element(after).toHaveValue('0');
  await screen.getByRole('switch', { name: 'Show me as away when the computer is locked' }).click();
  await expect
    .poll(() => host.askedFor('settings.set'))
    .toEqual([{ settings: { awayAfterMinutes: 0 } }, { settings: { awayWhenLocked: false } }]);
});

test('a refused choice of minutes goes back to what applies', async () => {
  const { host, screen } = await panel(DesktopPanel, { capabilities: { idle: true } });
  host.failing.set('settings.set', { code: 'storage-failed' });
  const after = screen.getByRole('combobox', { name: 'Show me as away after' });
  await after.selectOptions('Never');
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/could not be stored/);
  await expect.element(after).toHaveValue('10');
});

test('a host that cannot see whether somebody is there says so', async () => {
  const { screen } = await panel(DesktopPanel);
  await expect.element(screen.getByText(/cannot see whether somebody is at the computer/)).toBeVisible();
  await expect.element(screen.getByRole('combobox', { name: 'Show me as away after' })).toBeDisabled();
  await expect.element(screen.getByRole('switch', { name: /computer is locked/ })).toBeDisabled();
});

test('alerts are chosen one by one, and what was written depends on those for messages', async () => {
  const { host, screen } = await panel(AlertsPanel, { capabilities: { alerts: 'buttons' } });
  const preview = screen.getByRole('switch', { name: /^Show what was written/ });
  await preview.click();
  await screen.getByRole('switch', { name: /^Missed calls/ }).click();
  await screen.getByRole('switch', { name: /^Voicemail/ }).click();
  await screen.getByRole('switch', { name: /^Messages/ }).click();
  await expect.element(preview).toBeDisabled();
  expect(host.askedFor('settings.set')).toEqual(
    ['alertPreview', 'alertMissedCalls', 'alertVoicemail', 'alertMessages'].map((name) => ({ settings: { [name]: false } })),
  );
});

test('a refused choice of alerts is told and not shown as done', async () => {
  const { host, screen } = await panel(AlertsPanel, { capabilities: { alerts: 'plain' } });
  host.failing.set('settings.set', { code: 'storage-failed' });
  await screen.getByRole('switch', { name: /^Missed calls/ }).click();
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/could not be stored/);
  await expect.element(screen.getByRole('switch', { name: /^Missed calls/ })).toBeChecked();
});

test.each([
  ['plain', /have no buttons/],
  ['buttons', /have buttons, such as Accept and Mark read\.$/],
  ['reply', /a field to reply in/],
] as const)('what alerts can do is said: %s', async (alerts, words) => {
  const { screen } = await panel(AlertsPanel, { capabilities: { alerts } });
  await expect.element(screen.getByText(words)).toBeVisible();
});

test('without alerts of the system nothing can be chosen', async () => {
  const { screen } = await panel(AlertsPanel);
  await expect.element(screen.getByText(/shows no alerts of the system/)).toBeVisible();
  for (const each of screen.getByRole('switch').all()) {
    await expect.element(each).toBeDisabled();
    await expect.element(each).not.toBeChecked();
  }
});

const secrets = (state: Secrets['state'], keeper: Secrets['keeper'], change: Partial<Secrets> = {}): Secrets => ({
  state,
  keeper,
  keyringName: null,
  inClear: false,
  ...change,
});

test.each([
  ['a keyring', secrets('open', 'keyring', { keyringName: 'KWallet' }), /keyring of this system, KWallet\./, ['Forget all passwords']],
  [
    'a passphrase',
    secrets('open', 'passphrase'),
    /encrypted with your passphrase\. Ahoy asks/,
    ['Change the passphrase', 'Forget all passwords'],
  ],
  [
    'a passphrase not yet typed',
    secrets('locked', 'passphrase'),
    /locked until you type it/,
    ['Type the passphrase', 'Forget all passwords'],
  ],
  ['a silent keyring', secrets('unreachable', 'keyring'), /which does not answer/, ['Try the keyring again', 'Forget all passwords']],
  ['nothing yet', secrets('unset', null), /Choose a passphrase, and Ahoy encrypts your/, ['Choose a passphrase', 'Try the keyring again']],
  [
    'nothing, in clear',
    secrets('unset', null, { inClear: true }),
    /lie unprotected/,
    ['Choose a passphrase', 'Try the keyring again', 'Forget all passwords'],
  ],
] as const)('passwords kept by %s: what is said and what can be done', async (_what, present, words, buttons) => {
  const { screen } = await panel(PasswordsPanel, { secrets: present });
  await expect.element(screen.getByText(words)).toBeVisible();
  expect(
    screen
      .getByRole('button')
      .elements()
      .map((button) => button.textContent.trim()),
  ).toEqual(buttons);
});

test('a keyring that still does not answer is told', async () => {
  const { host, screen } = await panel(PasswordsPanel, { secrets: secrets('unreachable', 'keyring') });
  await screen.getByRole('button', { name: 'Try the keyring again' }).click();
  await expect.element(screen.getByRole('alert')).toMatchTextContent('No keyring answers on this computer.');
  expect(host.askedFor('secrets.retry')).toEqual([{}]);
});

test('a passphrase is chosen from the panel, and then it keeps the passwords', async () => {
  const { host, screen } = await panel(PasswordsPanel, { secrets: secrets('unset', null) });
  await screen.getByRole('button', { name: 'Choose a passphrase' }).click();
  await screen.getByLabelText('Passphrase', { exact: true }).fill('battery staple');
  await screen.getByLabelText('The same once more').fill('battery staple');
  await screen.getByRole('button', { name: 'Use this passphrase' }).click();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(screen.getByRole('button', { name: 'Change the passphrase' })).toBeVisible();
  expect(host.askedFor('secrets.setPassphrase')).toEqual([{ passphrase: 'battery staple' }]);
});

test('passwords are forgotten only after a question', async () => {
  const { host, screen } = await panel(PasswordsPanel, { secrets: secrets('open', 'passphrase') });
  await screen.getByRole('button', { name: 'Forget all passwords' }).click();
  await screen.getByRole('button', { name: 'Cancel', exact: true }).last().click();
  expect(host.askedFor('secrets.forget')).toEqual([]);
  host.failing.set('secrets.forget', { code: 'storage-failed' });
  await screen.getByRole('button', { name: 'Forget all passwords' }).click();
  const question = screen.getByRole('dialog', { name: 'Forget all passwords?' });
  await question.getByRole('button', { name: 'Forget all passwords' }).click();
  await expect.element(question.getByRole('alert')).toMatchTextContent(/could not be stored/);
  host.failing.clear();
  await question.getByRole('button', { name: 'Forget all passwords' }).click();
  await expect.element(question).not.toBeInTheDocument();
  await expect.element(screen.getByRole('button', { name: 'Choose a passphrase' })).toBeVisible();
});

const update = (state: Update['state'], change: Partial<Update> = {}): { update: Update } => ({
  update: { state, version: null, notes: null, percent: null, checkedAtMs: null, failure: null, ...change },
});
const updates = { updates: true };

test('without a package there are no updates, and no address to set', async () => {
  const { screen } = await panel(AboutPanel);
  await expect.element(screen.getByText(/was not installed as a package/)).toBeVisible();
  await expect.element(screen.getByRole('button')).not.toBeInTheDocument();
});

test.each([
  ['no address', update('off'), /No address for updates is set/, []],
  ['not looked yet', update('idle'), /Not looked for updates yet/, ['Check now']],
  ['looking', update('checking'), /Looking for updates/, ['Check now']],
  ['the newest', update('current', { checkedAtMs: 1_000 }), /This is the newest version\. Looked for another at .*1970/, ['Check now']],
  ['on its way', update('downloading', { version: '0.2.0', percent: 42 }), /Version 0\.2\.0 is being downloaded/, ['Check now']],
  ['ready', update('ready', { version: '0.2.0' }), /Version 0\.2\.0 is ready/, ['Restart and install']],
] as const)('updates: %s', async (_what, desktop, words, buttons) => {
  const { screen } = await panel(AboutPanel, { capabilities: updates, desktop });
  await expect.element(screen.getByText(words)).toBeVisible();
  const names = screen
    .getByRole('button')
    .elements()
    .map((button) => button.textContent.trim());
  expect(names).toEqual([...buttons, 'Address for updates']);
});

test('a download says how far it is, and is not asked for twice', async () => {
  const { screen } = await panel(AboutPanel, { capabilities: updates, desktop: update('downloading', { percent: 42 }) });
  await expect.element(screen.getByRole('progressbar', { name: 'Downloaded' })).toHaveAttribute('value', '42');
  await expect.element(screen.getByText('42 %')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Check now' })).toBeDisabled();
});

test('checking is asked for; a check that failed says what the system said', async () => {
  const { host, screen } = await panel(AboutPanel, { capabilities: updates, desktop: update('idle') });
  host.failing.set('desktop.checkForUpdate', { code: 'connection-refused', detail: 'net::ERR_NAME_NOT_RESOLVED' });
  await screen.getByRole('button', { name: 'Check now' }).click();
  await expect.poll(() => host.askedFor('desktop.checkForUpdate')).toEqual([{}]);
  host.setDesktop(update('failed', { failure: { code: 'not-supported', detail: 'net::ERR_NAME_NOT_RESOLVED' } }));
  await expect.element(screen.getByText('The update did not succeed. This version goes on as it is.')).toBeVisible();
  await expect.element(screen.getByText('net::ERR_NAME_NOT_RESOLVED')).toBeVisible();
  // The words of the code speak of servers and accounts.
  await expect.element(screen.getByText(/under Advanced/)).not.toBeInTheDocument();
});

test('what is new is plain text, and a call holds the restart up', async () => {
  const { host, screen } = await panel(AboutPanel, {
    capabilities: updates,
    desktop: update('ready', { version: '0.2.0', notes: 'Calls are <b>quieter</b>\nand shorter' }),
  });
  await expect.element(screen.getByRole('region', { name: 'What is new' })).toMatchTextContent(/Calls are <b>quieter<\/b>/);
  host.failing.set('desktop.installUpdate', { code: 'conflict', detail: 'a call is running' });
  await screen.getByRole('button', { name: 'Restart and install' }).click();
  await expect.element(screen.getByRole('alert')).toMatchTextContent('Ahoy does not restart during a call. End the call first.');
  host.failing.clear();
  await screen.getByRole('button', { name: 'Restart and install' }).click();
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
  expect(host.askedFor('desktop.installUpdate')).toHaveLength(2);
});

test('a refusal goes when there is something else to do', async () => {
  const { host, screen } = await panel(AboutPanel, { capabilities: updates, desktop: update('ready', { version: '0.2.0' }) });
  host.failing.set('desktop.installUpdate', { code: 'conflict' });
  await screen.getByRole('button', { name: 'Restart and install' }).click();
  await expect.element(screen.getByRole('alert')).toBeVisible();
  host.setDesktop(update('current'));
  await expect.element(screen.getByRole('button', { name: 'Check now' })).toBeVisible();
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
});

test('the address for updates is checked before it is handed in, and emptied it is none', async () => {
  const { host, screen } = await panel(AboutPanel, { capabilities: updates, desktop: update('idle') });
  await screen.getByRole('button', { name: 'Address for updates' }).click();
  const field = screen.getByLabelText('Address', { exact: true });
  const save = screen.getByRole('button', { name: 'Use this address' });
  await expect.element(save).toBeDisabled();
  for (const wrong of ['http://updates.example.org', 'ftp://127.0.0.1', 'https://']) {
    await field.fill(wrong);
    await save.click();
    await expect.element(screen.getByRole('alert')).toMatchTextContent(/begins with https:/);
  }
  expect(host.askedFor('settings.setUpdateUrl')).toEqual([]);
  await field.fill(' https://updates.example.org/ahoy ');
  await save.click();
  await expect.poll(() => host.askedFor('settings.setUpdateUrl')).toEqual([{ url: 'https://updates.example.org/ahoy' }]);
  await field.fill('http://127.0.0.1:8080/');
  await save.click();
  await expect.poll(() => host.settings.updateUrl).toBe('http://127.0.0.1:8080/');
  await field.fill('');
  await save.click();
  await expect.poll(() => host.settings.updateUrl).toBe(null);
});

test('what this installation can do is listed', async () => {
  const { screen } = await panel(AboutPanel, { capabilities: { alerts: 'reply', idle: true } });
  for (const words of [
    'Alerts of the system With buttons and reply',
    'Sees when nobody is at the computer Yes',
    'Opens links of other programs No',
  ]) {
    await expect.poll(() => screen.container.textContent.replace(/\s+/g, ' ')).toContain(words);
  }
});

test.each([360, 420, 480, 1100])('every tab can be seen and opened in a window of %i pixels', async (width) => {
  await page.viewport(width, 720);
  const stores = await storesOf(new FakeHost());
  const empty = createRawSnippet(() => ({ render: () => '<p>nothing</p>' }));
  const screen = await show(stores, SettingsSheet, {
    open: true,
    tab: 'accounts',
    accounts: empty,
    passwords: empty,
    devices: empty,
    practice: empty,
  });
  const names = ['Accounts', 'Passwords', 'Devices', 'Alerts', 'Desktop', 'Shortcuts', 'Appearance', 'Practice', 'About'];
  await expect
    .poll(() =>
      screen
        .getByRole('tab')
        .elements()
        .map((tab) => tab.textContent.trim()),
    )
    .toEqual(names);
  for (const tab of screen.getByRole('tab').elements()) {
    const words = tab.querySelector('span')!;
    const box = tab.getBoundingClientRect();
    expect(words.scrollWidth, `${tab.textContent} is cut off`).toBeLessThanOrEqual(words.clientWidth || words.scrollWidth);
    expect(box.left >= 0 && box.right <= width && box.bottom <= 720, `${tab.textContent} is out of sight`).toBe(true);
  }
  await screen.getByRole('tab', { name: 'Alerts' }).click();
  await expect.element(screen.getByRole('switch', { name: /^Voicemail/ })).toBeVisible();
});
