/** What a practice colleague is, and the presence document of one. */

export interface Reply {
  readonly afterMs: number;
  readonly text: string;
}

export interface Colleague {
  readonly user: string;
  readonly name: string;
  /** How the colleague is at this moment of the day; `open` false: offline. */
  presence(at: Date): { readonly activity: 'away' | 'busy' | null; readonly note: string };
  /** What is answered to a text: each after a pause, as somebody who types. */
  reply(text: string): readonly Reply[];
  /** What happens to a call. */
  readonly call: 'echo' | 'busy';
}

/** PIDF with RPID (RFC 3863, RFC 4480). */
export function presenceDocument(user: string, domain: string, activity: 'away' | 'busy' | null, note: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:r="urn:ietf:params:xml:ns:pidf:rpid" entity="sip:${user}@${domain}">
<tuple id="practice"><status><basic>open</basic></status></tuple>
<dm:person id="p">${activity === null ? '' : `<r:activities><r:${activity}/></r:activities>`}${note === '' ? '' : `<dm:note>${note}</dm:note>`}</dm:person>
</presence>`;
}
