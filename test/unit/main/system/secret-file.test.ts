import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSecretFile, noCipher } from '../../../../main/system/secret-file.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('the secret file', () => {
  it('keeps what is set at the same time, and forgets what is removed', async () => {
    const path = join(temporaryFolder(), 'secrets.json');
    const secrets = createSecretFile(path, noCipher);
    await Promise.all(Array.from({ length: 20 }, (_, n) => secrets.set(`n${n}`, `s${n}`)));
    await secrets.remove('n3');
    const again = createSecretFile(path, noCipher);
    expect(await Promise.all([again.get('n0'), again.get('n19'), again.get('n3'), again.get('toString')])).toEqual([
      's0',
      's19',
      null,
      null,
    ]);
  });

  it('can be read by its user alone', async () => {
    const path = join(temporaryFolder(), 'secrets.json');
    await createSecretFile(path, noCipher).set('a', 'b');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('holds only what the cipher made', async () => {
    const path = join(temporaryFolder(), 'secrets.json');
    const cipher = {
      encrypt: (text: string) => Promise.resolve(Buffer.from(text).toString('base64')),
      decrypt: (text: string) => Promise.resolve(Buffer.from(text, 'base64').toString()),
    };
    const secrets = createSecretFile(path, cipher);
    await secrets.set('a', 'open sesame');
    expect(readFileSync(path, 'utf8')).not.toContain('open sesame');
    expect(await secrets.get('a')).toBe('open sesame');
  });
});
