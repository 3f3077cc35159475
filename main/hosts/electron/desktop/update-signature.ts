/**
 * Whether an update is the publisher's: a detached Ed25519 signature stands beside each file in the release's list,
 * over the version and the file's own hash. The public keys come with the program that is running. Whoever controls
 * the server controls the list, but cannot sign anything.
 */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** The member of a file's entry in `latest*.yml` that electron-updater hands through. */
export const SIGNATURE = 'ahoySignature';

export function signedText(version: string, sha512Base64: string): Buffer {
  return Buffer.from(`ahoy update\n${version}\n${sha512Base64}\n`);
}

/** PEM public keys, several where one takes the place of another; none where the file has none or is not there. */
export function readPublisherKeys(path: string): KeyObject[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  const pems = text.match(/-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]{1,2000}-----END PUBLIC KEY-----/g) ?? [];
  return pems.map((pem) => createPublicKey(pem)).filter((key) => key.asymmetricKeyType === 'ed25519');
}

export interface DownloadedUpdate {
  readonly version: string;
  readonly downloadedFile: string;
  readonly files: readonly { readonly sha512: string }[];
}

/** The sum is computed from what lies on the disk, not taken from the list. */
export async function isSignedByPublisher(
  { version, downloadedFile, files }: DownloadedUpdate,
  keys: readonly KeyObject[],
): Promise<boolean> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(downloadedFile), hash);
  const sum = hash.digest('base64');
  const entry = files.find(({ sha512 }) => sha512 === sum) as Readonly<Record<string, unknown>> | undefined;
  const signature = entry?.[SIGNATURE];
  if (typeof signature !== 'string' || signature.length > 200) return false;
  return keys.some((key) => verify(null, signedText(version, sum), key, Buffer.from(signature, 'base64')));
}
