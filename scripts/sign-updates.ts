/**
 * `npm run dist:sign -- --key publisher.pem [FOLDER]`: signs the files that `latest*.yml` in the folder (release) list, and
 * writes each signature beside its sum. `--key` is an Ed25519 private key in PEM; docs/packaging.md says how to make one.
 */
import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SIGNATURE, signedText } from '../main/hosts/electron/desktop/update-signature.ts';

/** The list with a signature for each file; one that is there already is replaced. Throws where it names no version. */
export function signedList(text: string, key: KeyObject): string {
  const version = /^version:[ ]*['"]?([^'"\s]+)/m.exec(text)?.[1];
  if (version === undefined) throw new Error('the list names no version');
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith(`${SIGNATURE}:`));
  return lines
    .flatMap((line) => {
      // Those of the files are indented; the one of the whole list is for old updaters.
      const found = /^([ ]+)sha512:[ ]*(\S+)$/.exec(line);
      const [, indent = '', sum = ''] = found ?? [];
      return found ? [line, `${indent}${SIGNATURE}: ${sign(null, signedText(version, sum), key).toString('base64')}`] : [line];
    })
    .join('\n');
}

if (process.argv[1]?.endsWith('sign-updates.ts')) {
  const { values, positionals } = parseArgs({ options: { key: { type: 'string' } }, allowPositionals: true });
  if (values.key === undefined) {
    process.stderr.write('npm run dist:sign -- --key publisher.pem [FOLDER]\n');
    process.exit(2);
  }
  const key = createPrivateKey(readFileSync(values.key));
  const folder = positionals[0] ?? 'release';
  const lists = readdirSync(folder).filter((name) => /^latest.*\.yml$/.test(name));
  for (const name of lists) writeFileSync(join(folder, name), signedList(readFileSync(join(folder, name), 'utf8'), key));
  process.stdout.write(`${lists.length} lists signed: ${lists.join(', ')}\n`);
  process.exit(lists.length === 0 ? 1 : 0);
}
