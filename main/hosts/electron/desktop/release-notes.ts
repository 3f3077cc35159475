/** What a release says about itself, and which addresses may be asked for one. */
import type { UpdateInfo } from 'electron-updater';

/** As plain text: what is new is written by whoever serves the updates. */
export function notesOf({ releaseNotes }: Pick<UpdateInfo, 'releaseNotes'>): string | null {
  const text =
    typeof releaseNotes === 'string'
      ? releaseNotes
      : (releaseNotes ?? []).map(({ version, note }) => `${version}\n${note ?? ''}`).join('\n\n');
  const plain = text
    .replace(/<br\s*\/?>|<\/(?:p|li|h\d|div)>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, 20_000);
  return plain === '' ? null : plain;
}

/** Only what cannot be read or changed on the way, apart from this computer itself. */
export function isSafeUpdateUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost'));
}
