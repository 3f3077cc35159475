/**
 * The example of docs/automation.md, run as it is printed there.
 *
 *   echo-messages.mjs ── bearer token ──► host ── MESSAGE ──► Echo
 *                     ◄── messageAdded ──      ◄── MESSAGE ──
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProgram } from '../support/child-program.ts';
import { expect, test } from './support/ahoy.ts';
import { bubble, openChat } from './support/main-window.ts';

const EXAMPLE = 'docs/examples/echo-messages.mjs';

test('the documented example sends a message and prints the one that comes back', async ({ openProfile }) => {
  const me = await openProfile();
  await me.page.getByRole('button', { name: 'Try it without an account' }).click();
  await openChat(me.page, 'Echo');

  const program = startProgram(process.execPath, [EXAMPLE, me.folder, 'echo@practice.invalid', 'Ahoy from a program']);
  await program.waitFor(/^sip:echo@practice\.invalid: Ahoy from a program$/m);
  // The page is told of both, as of its own.
  await expect(bubble(me.page, 'Ahoy from a program', 'sent')).toBeVisible();
  await expect(bubble(me.page, 'Ahoy from a program', 'received')).toBeVisible();
  await program.stop();
});

test('without the token the example is refused', async ({ openProfile }) => {
  const [me, other] = [await openProfile('me'), await openProfile('other')];
  // Another profile's token at this one's port.
  writeFileSync(join(other.folder, 'node-host.json'), readFileSync(join(me.folder, 'node-host.json')));
  const program = startProgram(process.execPath, [EXAMPLE, other.folder, 'echo@practice.invalid', 'no']);
  await program.waitFor(/Unexpected server response: 401/);
  expect(await program.exited).not.toBe(0);
});
