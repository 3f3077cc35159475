import { expect, it } from 'vitest';
import { grants } from '../../../../common/contract/grants.ts';
import { contract } from '../../../../common/contract/index.ts';
import type { ClientId } from '../../../../common/model/ids.ts';
import { createClient } from '../../../../common/transport/client.ts';
import { follow } from '../../../../common/transport/follow.ts';
import { memoryPair } from '../../../../common/transport/memory-pair.ts';
import { FakeHost } from '../../../support/fake-host.ts';
import { person } from '../../../support/samples.ts';

const [bob, carol, dave] = ['Bob', 'Carol', 'Dave'].map((name) => person(name, `${name}@example.org`)) as [
  ReturnType<typeof person>,
  ReturnType<typeof person>,
  ReturnType<typeof person>,
];

/** A client that follows the people of a host, over a connection that can lose what comes. */
function following(host: FakeHost) {
  const { near, far } = memoryPair();
  host.server.connect(far, { clientId: 'c' as ClientId, kind: 'main' }, grants.main);
  let loses = false;
  const lossy: typeof near = {
    ...near,
    onMessage: (receive) => {
      near.onMessage((message) => {
        if (!loses) receive(message);
      });
    },
  };
  const seen: string[] = [];
  const again: (() => void)[] = [];
  const client = createClient(contract, lossy, () => undefined);
  const watched = follow(
    client,
    {
      domain: 'people',
      adopt: ({ people }) => seen.push(`all: ${people.map(({ name }) => name).join(' ')}`),
      apply: (event) => seen.push(event.name === 'people.changed' ? event.payload.person.name : 'removed'),
    },
    (action) => again.push(action),
  );
  const add = (added: typeof bob): void => {
    host.people = [...host.people, added];
    host.publish('people.changed', { person: added });
  };
  return { first: watched.first, end: () => watched.end(), seen, again, add, lose: (yes: boolean) => (loses = yes) };
}

it('adopts what is there and applies what comes after it', async () => {
  const host = new FakeHost();
  host.people = [bob];
  const { first, seen, add, end } = following(host);
  expect(await first).toBe(true);
  add(carol);
  await expect.poll(() => seen).toEqual(['all: Bob', 'Carol']);
  end();
  add(dave);
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(seen).toHaveLength(2);
});

it('loads again where an event is missing', async () => {
  const host = new FakeHost();
  const { first, seen, add, lose } = following(host);
  await first;
  lose(true);
  add(bob);
  await new Promise((resolve) => setTimeout(resolve, 10));
  lose(false);
  add(carol);
  await expect.poll(() => seen).toEqual(['all: ', 'all: Bob Carol']);
});

it('says that the first snapshot did not fit, and has it once it does', async () => {
  const host = new FakeHost();
  host.people = [{ ...bob, name: 7 as unknown as string }];
  const { first, seen, again } = following(host);
  expect(await first).toBe(false);
  host.people = [bob];
  expect(again).toHaveLength(1);
  again[0]!();
  await expect.poll(() => seen).toEqual(['all: Bob']);
});
