/** The Node host and a keyring: Debian's gnome-keyring on a session bus of its own, and a machine without one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startProgram } from '../support/child-program.ts';
import { freePort } from '../support/free-port.ts';
import { connectProgram } from '../support/node-host.ts';
import { runtimeNode } from '../support/runtime-node.ts';
import { startSessionBus } from '../support/session-bus.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const settings = { addressOfRecord: 'sip:me@sip.test', server: '127.0.0.1', port: 9 };

async function start(profile: string, env: NodeJS.ProcessEnv, ...args: string[]) {
  const port = await freePort();
  const program = startProgram(runtimeNode, ['out/main/node.js', '--profile', profile, '--no-open', '--port', String(port), ...args], {
    env: { ...process.env, ...env },
  });
  onTestFinished(async () => {
    await program.stop('SIGKILL');
  });
  await program.waitFor(/Ahoy is at/);
  const client = await connectProgram(profile, port);
  const state = async () => {
    const answer = await client.snapshot('secrets');
    return answer.ok ? answer.value.state.secrets : answer.failure.code;
  };
  return { program, client, state };
}

const onDisk = (profile: string): string => readFileSync(join(profile, 'secrets.json'), 'utf8');

it('a password is kept by the keyring and read again after a restart', async () => {
  const folder = temporaryFolder();
  const bus = await startSessionBus(false);
  onTestFinished(() => bus.stop());
  const env = { DBUS_SESSION_BUS_ADDRESS: bus.address, HOME: folder, XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: folder };
  const daemon = startProgram('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...process.env, ...env },
  });
  onTestFinished(async () => {
    await daemon.stop('SIGTERM');
  });
  daemon.write('test password');
  daemon.end();

  const profile = join(folder, 'profile');
  const first = await start(profile, env);
  await expect.poll(first.state, { timeout: 15_000 }).toMatchObject({ state: 'open', keeper: 'keyring', keyringName: 'Secret Service' });
  expect(await first.client.ask.accounts.add({ settings, password: 'open sesame' })).toMatchObject({ ok: true });
  expect(onDisk(profile)).not.toContain('sesame');
  await first.program.stop('SIGINT');

  const second = await start(profile, env);
  await expect.poll(second.state, { timeout: 15_000 }).toMatchObject({ state: 'open', keeper: 'keyring' });
  // It tries to register: the password was there to be read.
  const account = async () => {
    const answer = await second.client.snapshot('accounts');
    return answer.ok ? answer.value.state.accounts[0]?.registration.failure?.code : answer.failure.code;
  };
  await expect.poll(account, { timeout: 10_000 }).toBe('connection-refused');
  await second.program.stop('SIGINT');

  // The same profile without the keyring: nothing is lost, and nothing pretended.
  const third = await start(profile, { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' });
  await expect.poll(third.state, { timeout: 15_000 }).toMatchObject({ state: 'unreachable', keeper: 'keyring' });
});

it('without a keyring a passphrase is wanted, and a file may have it', async () => {
  const folder = temporaryFolder();
  const profile = join(folder, 'profile');
  const env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
  const bare = await start(profile, env);
  await expect.poll(bare.state, { timeout: 15_000 }).toMatchObject({ state: 'unset', keeper: null });
  expect(await bare.client.ask.accounts.add({ settings, password: 'open sesame' })).toMatchObject({
    ok: false,
    failure: { code: 'secrets-locked' },
  });
  await bare.program.stop('SIGINT');

  const file = join(folder, 'passphrase');
  writeFileSync(file, 'correct horse battery staple\n');
  const opened = await start(profile, env, '--passphrase-file', file);
  await expect.poll(opened.state, { timeout: 15_000 }).toMatchObject({ state: 'open', keeper: 'passphrase' });
  expect(await opened.client.ask.accounts.add({ settings, password: 'open sesame' })).toMatchObject({ ok: true });
  expect(onDisk(profile)).not.toContain('sesame');
  await opened.program.stop('SIGINT');

  const locked = await start(profile, env);
  await expect.poll(locked.state, { timeout: 15_000 }).toMatchObject({ state: 'locked', keeper: 'passphrase' });
});
