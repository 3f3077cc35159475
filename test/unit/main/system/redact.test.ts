import { describe, expect, it } from 'vitest';
import { redactDetails, redactText } from '../../../../main/system/redact.ts';

describe('a log line', () => {
  it.each([
    ['from sip:bob@example.org;tag=1', 'from sip:…@example.org;tag=1'],
    ['to <sips:bob.smith@example.org>', 'to <sips:…@example.org>'],
    ['call tel:+4420123', 'call tel:…'],
    ['a@b c@d.e and f@', '…@b …@d.e and f@'],
    ['@example.org and a@@b', '@example.org and a@@b'],
    ['bob@example.org wrote', '…@example.org wrote'],
    ['Authorization: Digest username="bob", response="x"', 'Authorization: …'],
  ])('says of %j only %j', (text, kept) => {
    expect(redactText(text)).toBe(kept);
  });

  it('has no credentials in its details, however deep', () => {
    const kept = JSON.stringify(redactDetails({ password: 'p1', nested: [{ authToken: 'p2', uri: 'sip:bob@example.org' }] }));
    expect(kept).not.toMatch(/p1|p2|bob/);
  });

  it('is cut before it is looked at', () => {
    expect(redactText(`bob@example.org ${'x'.repeat(60_000)}`)).toMatch(/^…@example\.org x{3984}… \(60016 characters\)$/);
  });
});
