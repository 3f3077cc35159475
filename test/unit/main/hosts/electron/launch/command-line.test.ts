/** What an argument list asks for, and what a link can never ask for. */
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../../../../main/hosts/electron/launch/command-line.ts';

const bob = { kind: 'link', link: { action: 'call', target: 'sip:bob@example.org' } };

describe('an argument list', () => {
  it.each([
    [[], []],
    [['.'], []],
    [['--call', 'bob'], [{ kind: 'wish', action: 'call', target: 'bob' }]],
    [['--call=+44 20 1234'], [{ kind: 'wish', action: 'call', target: '+44 20 1234' }]],
    [['--chat', 'sip:bob@example.org'], [{ kind: 'wish', action: 'chat', target: 'sip:bob@example.org' }]],
    [['--status', 'busy'], [{ kind: 'status', status: 'busy' }]],
    [['--dnd'], [{ kind: 'do-not-disturb', on: null }]],
    [['--dnd', 'on'], [{ kind: 'do-not-disturb', on: true }]],
    [['--dnd=off'], [{ kind: 'do-not-disturb', on: false }]],
    [
      ['--status=away', '--quit'],
      [{ kind: 'status', status: 'away' }, { kind: 'quit' }],
    ],
    [['--no-sandbox', '--allow-file-access-from-files', '--original-process-start-time=1'], []],
    [['sip:bob@example.org'], [bob]],
    [['--', 'sip:bob@example.org'], [bob]],
    [['tel:+44201234'], [{ kind: 'link', link: { action: 'call', target: 'tel:+44201234' } }]],
  ])('%j requests %j', (args, requests) => {
    expect(parseCommandLine(args)).toMatchObject({ requests, problem: null });
  });

  it.each([['--status', 'asleep'], ['--status'], ['--call'], ['--chat='], ['--dnd=perhaps']])('%s %s is not understood', (...args) => {
    expect(parseCommandLine(args.filter(Boolean)).problem).not.toBeNull();
  });

  it('names a profile in both ways', () => {
    expect(parseCommandLine(['--profile=/a b']).profile).toBe('/a b');
    expect(parseCommandLine(['--profile', '/a']).profile).toBe('/a');
  });

  it('says who started it', () => {
    expect(parseCommandLine(['--started-by-system']).startedBySystem).toBe(true);
  });
});

describe('a link in an argument list is all of it', () => {
  it.each([
    [['sip:bob@example.org', '--quit']],
    [['sip:bob@example.org', '--call', 'tel:+1900']],
    [['--', 'sip:bob@example.org', '--status', 'busy', '--profile=/tmp/evil']],
    [['--quit', '--', 'sip:bob@example.org']],
    [['--quit', 'sip:bob@example.org']],
  ])('%j', (args) => {
    expect(parseCommandLine(args)).toMatchObject({ requests: [bob], profile: null, startedBySystem: false });
  });

  it.each([[['--', '--quit']], [['--', '--call=tel:+1900']], [['ahoy:quit']], [['--']], [['callto:x" --quit "']]])(
    '%j only opens Ahoy',
    (args) => {
      expect(parseCommandLine(args).requests).toEqual([{ kind: 'open' }]);
    },
  );

  it('keeps the profile that the installation wrote before it', () => {
    expect(parseCommandLine(['--profile=/mine', '--', 'sip:bob@example.org', '--profile=/evil']).profile).toBe('/mine');
  });
});
