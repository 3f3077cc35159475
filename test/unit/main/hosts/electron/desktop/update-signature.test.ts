import { createHash, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isSignedByPublisher, readPublisherKeys } from '../../../../../../main/hosts/electron/desktop/update-signature.ts';
import { signedList } from '../../../../../../scripts/sign-updates.ts';
import { temporaryFolder } from '../../../../../support/temporary-folder.ts';

const publisher = generateKeyPairSync('ed25519');
const next = generateKeyPairSync('ed25519');
const pem = (key: typeof publisher): string => String(key.publicKey.export({ type: 'spki', format: 'pem' }));

function release(signedVersion = '2.0.0', signer = publisher) {
  const folder = temporaryFolder();
  const downloadedFile = join(folder, 'Ahoy.AppImage');
  writeFileSync(downloadedFile, 'the new program');
  const sha512 = createHash('sha512').update('the new program').digest('base64');
  const list = signedList(
    `version: ${signedVersion}\nfiles:\n  - url: x\n    sha512: ${sha512}\npath: x\nsha512: ${sha512}\n`,
    signer.privateKey,
  );
  const ahoySignature = /ahoySignature: (\S+)/.exec(list)![1]!;
  return { folder, list, update: { version: '2.0.0', downloadedFile, files: [{ sha512, ahoySignature }] } };
}

it('A file is the publisher’s by the signature beside its sum, with any of the keys', async () => {
  const { folder, update } = release();
  const path = join(folder, 'keys.pem');
  writeFileSync(path, `Comments may stand here.\n${pem(next)}\n${pem(publisher)}`);
  expect(await isSignedByPublisher(update, readPublisherKeys(path))).toBe(true);
});

it.each([
  ['without a key', async () => isSignedByPublisher(release().update, [])],
  ['signed by somebody else', async () => isSignedByPublisher(release('2.0.0', next).update, [publisher.publicKey])],
  [
    'signed as another version, as an old one that is offered again',
    async () => isSignedByPublisher(release('1.0.0').update, [publisher.publicKey]),
  ],
  [
    'changed after it was signed',
    async () => {
      const { update } = release();
      writeFileSync(update.downloadedFile, 'another program');
      return isSignedByPublisher(update, [publisher.publicKey]);
    },
  ],
  [
    'not signed',
    async () => {
      const { update } = release();
      return isSignedByPublisher({ ...update, files: update.files.map(({ sha512 }) => ({ sha512 })) }, [publisher.publicKey]);
    },
  ],
])('and is not %s', async (_what, check) => {
  expect(await check()).toBe(false);
});

it('Signing again replaces the signatures, and the sum of the whole list has none', () => {
  const { list } = release();
  expect(signedList(list, publisher.privateKey)).toBe(list);
  expect(list.match(/ahoySignature/g)).toHaveLength(1);
});

it('No keys are read from a file that has none, or is not there', () => {
  expect(readPublisherKeys('resources/build/update-keys.pem')).toEqual([]);
  expect(readPublisherKeys('/nowhere')).toEqual([]);
});
