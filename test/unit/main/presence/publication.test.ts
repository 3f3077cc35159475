/**
 *   Publication                 server
 *     │ PUBLISH (document)        │
 *     ├──────────────────────────►│
 *     │◄──── 200 SIP-ETag: 1 ─────┤
 *     │ PUBLISH If-Match: 1       │   refresh, before it ends
 *     ├──────────────────────────►│
 *     │◄──── 412 ─────────────────┤
 *     │ PUBLISH (document)        │   again
 *     ├──────────────────────────►│
 */
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../../../../common/model/ids.ts';
import { createPublication, type KeptEntityTag } from '../../../../main/presence/publication.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createFakeUserAgent, settled } from '../../../support/fake-user-agent.ts';

function setUp(kept: KeptEntityTag | null = null) {
  const clock = createFakeClock(0);
  const userAgent = createFakeUserAgent();
  const states: string[] = [];
  const tags: (KeptEntityTag | null)[] = [];
  const publication = createPublication('a' as AccountId, kept, clock, {
    usableUserAgent: () => userAgent,
    document: () => 'document',
    changed: ({ state }) => states.push(state),
    keepEntityTag: (tag) => tags.push(tag),
  });
  const requests = () => userAgent.published.map(({ request }) => [request.entityTag, request.body, request.expiresSeconds]);
  return { clock, userAgent, publication, states, tags, requests };
}

const granted = (entityTag: string, expiresSeconds = 600) => ({ kind: 'published', entityTag, expiresSeconds }) as const;

describe('a publication', () => {
  it('is refreshed before it ends, with its document for servers that forget it otherwise', async () => {
    const { clock, userAgent, publication, requests } = setUp();
    publication.publish();
    await userAgent.published[0]!.settle(granted('1'));
    clock.advance(600_000 * 0.85);
    expect(requests()).toEqual([
      [null, 'document', 600],
      ['1', 'document', 600],
    ]);
  });

  it('starts again where a server answers an unknown entity-tag with 500', async () => {
    const { userAgent, publication, requests, states } = setUp({ entityTag: 'old', expiresAtMs: 1000 });
    publication.publish();
    await userAgent.published[0]!.settle({ kind: 'failed', failure: { code: 'server-error', status: 500 } });
    await userAgent.published[1]!.settle(granted('new'));
    expect(requests()).toEqual([
      ['old', 'document', 600],
      [null, 'document', 600],
    ]);
    expect(states.at(-1)).toBe('published');
  });

  it('is modified with the entity-tag of the last answer', async () => {
    const { userAgent, publication, requests } = setUp();
    publication.publish();
    await userAgent.published[0]!.settle(granted('1'));
    publication.publish();
    expect(requests()[1]).toEqual(['1', 'document', 600]);
  });

  it('starts again after 412 and asks for longer after 423', async () => {
    const { clock, userAgent, publication, requests, states } = setUp();
    publication.publish();
    await userAgent.published[0]!.settle(granted('1'));
    clock.advance(600_000 * 0.85);
    await userAgent.published[1]!.settle({ kind: 'unknown-entity-tag' });
    await userAgent.published[2]!.settle({ kind: 'interval-too-brief', minExpiresSeconds: 1800 });
    expect(requests().slice(2)).toEqual([
      [null, 'document', 600],
      [null, 'document', 1800],
    ]);
    await userAgent.published[3]!.settle(granted('2', 1800));
    expect(states.at(-1)).toBe('published');
  });

  it('publishes what changed while a request was under way, once', async () => {
    const { userAgent, publication, requests } = setUp();
    publication.publish();
    publication.publish();
    publication.publish();
    expect(userAgent.published).toHaveLength(1);
    await userAgent.published[0]!.settle(granted('1'));
    expect(requests().slice(1)).toEqual([['1', 'document', 600]]);
  });

  it('replaces the state of an earlier run while the server still has it', () => {
    expect(
      (() => {
        const { publication, requests } = setUp({ entityTag: 'old', expiresAtMs: 1 });
        publication.publish();
        return requests();
      })(),
    ).toEqual([['old', 'document', 600]]);
  });

  it('is removed with zero seconds and no body (RFC 3903 §4.5)', async () => {
    const { userAgent, publication, requests, tags } = setUp();
    publication.publish();
    await userAgent.published[0]!.settle(granted('1'));
    await Promise.race([publication.remove(userAgent), settled()]);
    expect(requests()[1]).toEqual(['1', null, 0]);
    expect(tags.at(-1)).toBeNull();
  });

  it('is removed by the entity-tag of what was under way, and nothing is published after it', async () => {
    const { userAgent, publication, requests } = setUp();
    publication.publish();
    await userAgent.published[0]!.settle(granted('1'));
    // The end of a call changes what others see, and Ahoy quits in the same moment.
    publication.publish();
    void publication.remove(userAgent);
    publication.publish();
    await userAgent.published[1]!.settle(granted('2'));
    expect(requests().slice(1)).toEqual([
      ['1', 'document', 600],
      ['2', null, 0],
    ]);
    await userAgent.published[2]!.settle(granted('2', 0));
    publication.publish();
    expect(userAgent.published).toHaveLength(3);
    publication.start();
    expect(requests().at(-1)).toEqual([null, 'document', 600]);
  });

  it('does not ask a server without presence over and over', async () => {
    const { clock, userAgent, publication, states } = setUp();
    publication.publish();
    await userAgent.published[0]!.settle({ kind: 'failed', failure: { code: 'refused', status: 489 } });
    clock.advance(3_600_000);
    expect(userAgent.published).toHaveLength(1);
    expect(states.at(-1)).toBe('failed');
  });
});
