/**
 * The file of a profile that holds its secrets, encrypted, readable by its user alone. It is written as a whole beside
 * the old one first, so that a crash leaves either the old or the new one.
 */
import { open, readFile, rename } from 'node:fs/promises';
import type { PassphraseRecord } from './passphrase.ts';

export interface SecretDocument {
  /** How the entries are encrypted; `clear`: not at all, as the first version did where there was no keyring. */
  readonly keeper: 'keyring' | 'passphrase' | 'clear' | null;
  /** Which keyring; another host's cannot be read by ours. */
  readonly keyring: string | null;
  readonly passphrase: PassphraseRecord | null;
  readonly entries: Readonly<Record<string, string>>;
}

export const EMPTY: SecretDocument = { keeper: null, keyring: null, passphrase: null, entries: {} };
const VERSION = 2;

/** `unversioned`: the keyring by which a file without a version, a bare map from names to texts, is encrypted; null: by none. */
export async function readDocument(path: string, unversioned: string | null): Promise<SecretDocument> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return EMPTY;
    throw error;
  }
  const parsed = JSON.parse(text) as { version?: unknown } & SecretDocument;
  if (parsed.version === VERSION) {
    const { keeper, keyring, passphrase, entries } = parsed;
    if (typeof entries !== 'object' || (keeper === 'passphrase' && typeof passphrase?.check !== 'string'))
      throw new Error('parts are missing');
    return { keeper, keyring, passphrase, entries };
  }
  if (parsed.version !== undefined) throw new Error('the file of secrets is of a newer Ahoy');
  const entries = parsed as unknown as Record<string, string>;
  if (Object.keys(entries).length === 0) return EMPTY;
  return { keeper: unversioned === null ? 'clear' : 'keyring', keyring: unversioned, passphrase: null, entries };
}

export async function writeDocument(path: string, document: SecretDocument): Promise<void> {
  const temporary = `${path}.${process.pid}`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify({ version: VERSION, ...document }));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
