/**
 *   page          core           keyring
 *    │ accounts.add │── open ──────►│
 *    ├─────────────►│ (waits)       │
 *    │              │◄──────────────┤
 *    │◄── done ─────┤               │
 */
import { expect, it } from 'vitest';
import { createMemoryVault } from '../support/memory-vault.ts';
import { startTestApp } from '../support/test-app.ts';
import { carriers } from './carriers.ts';
import { connect, value } from './scene.ts';

const settings = { addressOfRecord: 'sip:me@example.org' };

it('An account that is added while passwords are being opened waits for them', async () => {
  const vault = createMemoryVault('the keyring’s');
  const opened = Promise.withResolvers<null>();
  const secrets = { ...vault, open: () => opened.promise.then(() => undefined) };
  const test = await startTestApp(undefined, { secrets, startsLater: true });
  const client = await connect(test, carriers['memory']!, 'program');
  const added = client.ask.accounts.add({ settings, password: 'open sesame' });
  await vault.unlock('the keyring’s');
  opened.resolve(null);
  value(await added);
  expect([...vault.kept.values()].join()).toContain('open sesame');
});

it('Where they stay closed it is said, and not waited for any longer', async () => {
  const test = await startTestApp(undefined, { secrets: createMemoryVault('a passphrase nobody types') });
  const client = await connect(test, carriers['memory']!, 'program');
  expect(await client.ask.accounts.add({ settings, password: 'x' })).toMatchObject({ failure: { code: 'secrets-locked' } });
});
