import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AddressOfRecord } from '../../../../common/model/address-of-record.ts';
import { readPidf, writePidf, type PublishedStatus } from '../../../../main/presence/pidf.ts';

const me = 'sip:me@example.org' as AddressOfRecord;
const document = (inside: string): string =>
  `<?xml version="1.0"?><presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="sip:a@b">${inside}</presence>`;

describe('a presence document', () => {
  it.each<[PublishedStatus, string]>([
    ['available', 'available'],
    ['busy', 'busy'],
    ['away', 'away'],
    ['do-not-disturb', 'do-not-disturb'],
    ['on-the-phone', 'on-the-phone'],
    ['appear-offline', 'offline'],
  ])('of our own says %s and is read as %s', (status, read) => {
    expect(readPidf(writePidf(me, 't', status, '', 0))?.status).toBe(read);
  });

  it('names activities by the prefix of the RFC’s examples, which some phones look for as text', () => {
    expect(writePidf(me, 't', 'busy', '', 0)).toContain('<rpid:busy/>');
  });

  it('carries any note through', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), (note) => {
        // What XML cannot carry is left out; white space around a note says nothing.
        const carried = note
          .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
          .replace(/\r\n?/g, '\n')
          .trim();
        expect(readPidf(writePidf(me, 't', 'available', note, 0))?.note).toBe(carried);
      }),
    );
  });

  it('of the RFC 4480 example kind: open with activities in the person', () => {
    const read = readPidf(
      document(
        '<tuple id="1"><status><basic>open</basic></status><note>tuple</note></tuple><dm:person id="p"><rpid:activities><rpid:away/></rpid:activities><dm:note>Out</dm:note></dm:person>',
      ),
    );
    expect(read).toEqual({ status: 'away', note: 'Out' });
  });

  it('with several devices is open where any is open', () => {
    const read = readPidf(
      document('<tuple id="1"><status><basic>closed</basic></status></tuple><tuple id="2"><status><basic>open</basic></status></tuple>'),
    );
    expect(read?.status).toBe('available');
  });

  it('with dated devices is what the newest says', () => {
    const tuple = (id: string, basic: string, at: string): string =>
      `<tuple id="${id}"><status><basic>${basic}</basic></status><timestamp>${at}</timestamp></tuple>`;
    const read = readPidf(document(tuple('1', 'open', '2026-01-01T00:00:00Z') + tuple('2', 'closed', '2026-01-02T00:00:00Z')));
    expect(read?.status).toBe('offline');
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['another document', '<html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['a broken document', document('<tuple>')],
    ['an entity bomb', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><presence xmlns="urn:ietf:params:xml:ns:pidf">&b;</presence>'],
    ['a giant', document(`<note>${'x'.repeat(300_000)}</note>`)],
  ])('that is %s is none', (_what, text) => {
    expect(readPidf(text)).toBeNull();
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        readPidf(document(a) + b);
        readPidf(a);
      }),
    );
  });
});
