/**
 * A newcomer on a machine with Node, npm and git: a fresh clone, an empty home, one command. The address is there
 * within five minutes, and one click later there is somebody to write to and to call.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from '../support/child-program.ts';
import { expectSound } from './support/call-statistics.ts';
import { expect, test } from './support/ahoy.ts';
import { bubble, openChat, send } from './support/main-window.ts';

const FIVE_MINUTES_MS = 300_000;

test('npm start in a fresh clone leads to a text, a presence and a call with Echo', async ({ sharedBrowser }) => {
  test.setTimeout(FIVE_MINUTES_MS + 60_000);
  const folder = mkdtempSync(join(tmpdir(), 'ahoy-newcomer-'));
  const home = join(folder, 'home');
  mkdirSync(home);
  execFileSync('git', ['clone', '--quiet', process.cwd(), join(folder, 'ahoy')]);
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, XDG_CONFIG_HOME: _configuration, ...env } = process.env;
  const startedAt = Date.now();
  const start = startProgram('npm', ['start', '--', '--no-open'], { cwd: join(folder, 'ahoy'), env: { ...env, HOME: home }, group: true });
  try {
    const address = (await start.waitFor(/Ahoy is at (http\S+)/, FIVE_MINUTES_MS))[1]!;
    process.stdout.write(`from a fresh clone to the address: ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
    const context = await sharedBrowser.newContext();
    const page = await context.newPage();
    await page.goto(address);
    await page.getByRole('button', { name: 'Try it without an account' }).click();
    await openChat(page, 'Echo');
    await expect(page.getByText('Available').first()).toBeVisible();
    await send(page, 'Is anybody there?');
    await expect(bubble(page, 'Is anybody there?', 'sent')).toBeVisible();
    await expect(bubble(page, 'Is anybody there?', 'received')).toBeVisible();
    const [call] = await Promise.all([context.waitForEvent('page'), page.getByRole('button', { name: 'Call', exact: true }).click()]);
    await expect(call.locator('[data-call-state=active]')).toBeVisible();
    await expectSound(call);
    await context.close();
    const endedAt = Date.now();
    // npm ends by the signal itself; that the host ended in order stands in its profile.
    await start.stop('SIGINT', 8_000);
    expect(Date.now() - endedAt).toBeLessThan(3_000);
    expect(JSON.parse(readFileSync(join(home, '.config', 'ahoy', 'node-host.json'), 'utf8'))).toMatchObject({ pid: 0 });
  } finally {
    await start.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
