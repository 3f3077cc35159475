/** Passwords: the keyring, the passphrase where there is none, and never in clear. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile } from '../support/ahoy.ts';
import { expect, test } from '../support/desk.ts';
import { fillSignIn, signIn } from '../support/sign-in.ts';

const PASSPHRASE = 'correct horse battery staple';
const NO_KEYRING = { AHOY_STAND_IN_KEYRING: 'basic_text' };

/** Every file of the profile, read as text. */
function filesWith({ folder }: Profile, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name);
    // Locks of a running Ahoy are links to nowhere.
    return (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false) && readFileSync(path).includes(text);
  });
}

test('with a keyring nothing is asked, and no password lies in the profile', async ({ desk, office }) => {
  const me = await desk.open();
  await signIn(me.page, 'keyring-user', office.server);
  expect(filesWith(me, office.server.password)).toEqual([]);
  await me.host().stop('SIGINT');
  await me.restart();
  await expect.poll(() => office.server.bindings('keyring-user')).toBe(1);
});

test('without one a passphrase is asked for, nothing typed is lost, and the next start asks again', async ({ desk, office }) => {
  const me = await desk.open({ env: NO_KEYRING });
  await fillSignIn(me.page, 'passphrase-user', office.server);
  await me.page.getByRole('button', { name: 'Sign in' }).click();
  const choose = me.page.getByRole('dialog', { name: 'Choose a passphrase' });
  await expect(choose).toContainText('no keyring');
  await choose.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await choose.getByLabel('The same once more').fill('something else');
  await choose.getByRole('button', { name: 'Use this passphrase' }).click();
  await expect(choose).toContainText('The two are not the same.');
  await choose.getByLabel('The same once more').fill(PASSPHRASE);
  await choose.getByRole('button', { name: 'Use this passphrase' }).click();
  await expect.poll(() => office.server.bindings('passphrase-user')).toBe(1);
  expect(filesWith(me, office.server.password)).toEqual([]);
  expect(filesWith(me, PASSPHRASE)).toEqual([]);

  await me.host().stop('SIGINT');
  await me.restart();
  const unlock = me.page.getByRole('dialog', { name: 'Type your passphrase' });
  await unlock.getByLabel('Passphrase').fill('not it at all');
  await unlock.getByRole('button', { name: 'Open' }).click();
  await expect(unlock).toContainText('That is not the passphrase.');
  expect(office.server.bindings('passphrase-user')).toBe(0);
  await unlock.getByLabel('Passphrase').fill(PASSPHRASE);
  await unlock.getByRole('button', { name: 'Open' }).click();
  await expect(unlock).toHaveCount(0);
  await expect.poll(() => office.server.bindings('passphrase-user')).toBe(1);
});

test('a passphrase that nobody knows is given up: accounts stay, passwords are typed again', async ({ desk, office }) => {
  const me = await desk.open({ env: NO_KEYRING });
  await fillSignIn(me.page, 'forgetful-user', office.server);
  await me.page.getByRole('button', { name: 'Sign in' }).click();
  const choose = me.page.getByRole('dialog', { name: 'Choose a passphrase' });
  await choose.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await choose.getByLabel('The same once more').fill(PASSPHRASE);
  await choose.getByRole('button', { name: 'Use this passphrase' }).click();
  await expect.poll(() => office.server.bindings('forgetful-user')).toBe(1);
  await me.host().stop('SIGINT');
  await me.restart();
  const unlock = me.page.getByRole('dialog', { name: 'Type your passphrase' });
  await unlock.getByRole('button', { name: 'I do not know it any more' }).click();
  await unlock.getByRole('button', { name: 'Forget the passwords' }).click();
  await expect(unlock).toHaveCount(0);
  await expect(me.page.getByText('forgetful-user@sip.test').first()).toBeVisible();
  expect(JSON.parse(readFileSync(join(me.folder, 'secrets.json'), 'utf8'))).toMatchObject({ entries: {} });
});
