/** Every command of the contract, done and refused, over each carrier. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { grants, type ClientKind } from '../../common/contract/grants.ts';
import { contract, type AhoyContract } from '../../common/contract/index.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { AccountId, CallId, ConversationId, LegId, MessageId } from '../../common/model/ids.ts';
import type { PeerState } from '../../common/model/media.ts';
import { createClient } from '../../common/transport/client.ts';
import { startTestApp } from '../support/test-app.ts';
import { carriers } from './carriers.ts';
import { desktopCases } from './desktop-cases.ts';
import { code, connect, open, value, type CommandCase, type Scene } from './scene.ts';

const bob = 'sip:bob@example.org' as AddressOfRecord;
const peerState: PeerState = {
  signalingState: 'stable',
  iceGatheringState: 'new',
  iceConnectionState: 'new',
  connectionState: 'new',
  localDescription: null,
  remoteDescription: null,
};

const conversationOf = async ({ client, accountId }: Scene): Promise<ConversationId> =>
  value(await client.ask.messaging.open({ accountId, peer: bob })).conversation.id;
const callOf = async ({ client, accountId }: Scene): Promise<CallId> =>
  value(await client.ask.calls.place({ accountId, to: bob, video: false })).callId;

/** A call of ours, and its one leg. */
async function legOf(scene: Scene): Promise<{ callId: CallId; legId: LegId }> {
  const callId = await callOf(scene);
  return { callId, legId: scene.opened.get(scene.accountId)!.userAgent.sessions.at(-1)!.request.legId };
}

async function activeCall(scene: Scene): Promise<CallId> {
  const callId = await callOf(scene);
  scene.opened.get(scene.accountId)!.userAgent.sessions.at(-1)!.events.answered(false);
  return callId;
}

function incomingCall({ opened, accountId }: Scene): void {
  opened.get(accountId)!.events.sessionReceived({
    from: bob,
    displayName: 'Bob',
    asserted: null,
    offersVideo: false,
    isAnswerable: true,
    ring: () => ({
      accept() {},
      reject() {},
      end() {},
      hold() {},
      resume() {},
      setCamera() {},
      setMuted() {},
      setCameraOff() {},
      sendDtmf() {},
    }),
  });
}

async function ringing(scene: Scene): Promise<CallId> {
  incomingCall(scene);
  return value(await scene.client.snapshot('calls')).state.calls.at(-1)!.id;
}

async function failedMessage(scene: Scene): Promise<MessageId> {
  const { messageId } = value(await scene.client.ask.messaging.send({ conversationId: await conversationOf(scene), text: 'hello' }));
  await scene.opened
    .get(scene.accountId)!
    .userAgent.sent.at(-1)!
    .settle({ kind: 'refused', failure: { code: 'unknown-address', status: 404 } });
  return messageId;
}

const nobody = { accountId: 'nobody' as AccountId };
const noCall = { callId: 'nothing' as CallId };
const noConversation = { conversationId: 'nothing' as ConversationId };
const details = { name: 'Bob', addresses: [{ address: bob, label: '' }] };

const commands: Record<string, CommandCase> = {
  ...desktopCases,
  'host.openWindow': {
    done: async ({ client }) => expect(code(await client.ask.host.openWindow({ kind: 'main' }))).toBe('conflict'), // this host has none
    refused: [],
  },
  'host.dismissNotice': { done: async ({ client }) => value(await client.ask.host.dismissNotice({ id: 'x' })), refused: [] },
  'accounts.add': {
    done: async ({ client, opened }) => {
      const { accountId } = value(await client.ask.accounts.add({ settings: { addressOfRecord: 'sip:other@example.org' }, password: 'p' }));
      expect(opened.get(accountId)!.account.password).toBe('p');
    },
    refused: [['conflict', ({ client }) => client.ask.accounts.add({ settings: { addressOfRecord: 'sip:me@example.org' }, password: '' })]],
  },
  'accounts.update': {
    done: async ({ client, accountId, opened }) => {
      value(await client.ask.accounts.update({ accountId, settings: { addressOfRecord: 'sip:me@example.org', displayName: 'Me' } }));
      expect(opened.get(accountId)!.account).toMatchObject({ password: 'open sesame', settings: { displayName: 'Me' } });
    },
    refused: [
      ['not-found', ({ client }) => client.ask.accounts.update({ ...nobody, settings: { addressOfRecord: 'sip:me@example.org' } })],
    ],
  },
  'accounts.remove': {
    done: async ({ client, accountId }) => {
      value(await client.ask.accounts.remove({ accountId }));
      expect(value(await client.snapshot('accounts')).state.accounts).toEqual([]);
    },
    refused: [['not-found', ({ client }) => client.ask.accounts.remove(nobody)]],
  },
  'accounts.register': {
    done: async ({ client, accountId, opened }) => {
      value(await client.ask.accounts.register({ accountId }));
      expect(opened.get(accountId)!.userAgent.asked).toEqual(['attempt', 'attempt']);
    },
    refused: [
      ['not-found', ({ client }) => client.ask.accounts.register(nobody)],
      [
        'conflict',
        async ({ client, accountId }) => {
          await client.ask.accounts.setEnabled({ accountId, enabled: false });
          return client.ask.accounts.register({ accountId });
        },
      ],
    ],
  },
  'accounts.setEnabled': {
    done: async ({ client, accountId, opened }) => {
      value(await client.ask.accounts.setEnabled({ accountId, enabled: false }));
      expect(opened.get(accountId)!.userAgent.asked).toContain('close');
      expect(value(await client.snapshot('accounts')).state.accounts[0]).toMatchObject({ registration: { state: 'unregistered' } });
    },
    refused: [['not-found', ({ client }) => client.ask.accounts.setEnabled({ ...nobody, enabled: true })]],
  },
  'presence.publish': {
    done: async ({ client, accountId, opened }) => {
      value(await client.ask.presence.publish({ status: 'busy', note: 'In a talk' }));
      expect(value(await client.snapshot('presence')).state.own).toMatchObject({ status: 'busy', note: 'In a talk' });
      expect(opened.get(accountId)!.userAgent.published.length).toBeGreaterThan(0);
    },
    refused: [],
  },
  'presence.watch': {
    done: async ({ client, accountId, opened }) => {
      value(await client.ask.presence.watch({ accountId, address: bob }));
      await expect.poll(() => opened.get(accountId)!.userAgent.subscriptions.map(({ request }) => request.target)).toContain(bob);
    },
    refused: [],
  },
  'presence.unwatch': {
    done: async ({ client, accountId, opened }) => {
      await client.ask.presence.watch({ accountId, address: bob });
      const watched = () => opened.get(accountId)!.userAgent.subscriptions.find(({ request }) => request.target === bob);
      await expect.poll(() => watched()?.ended).toBe(false);
      value(await client.ask.presence.unwatch({ accountId, address: bob }));
      await expect.poll(() => watched()?.ended).toBe(true);
    },
    refused: [],
  },
  'people.add': {
    done: async ({ client }) => {
      value(await client.ask.people.add({ details }));
      expect(value(await client.snapshot('people')).state.people).toMatchObject([{ name: 'Bob', favourite: false }]);
    },
    refused: [],
  },
  'people.update': {
    done: async ({ client }) => {
      const { personId } = value(await client.ask.people.add({ details }));
      value(await client.ask.people.update({ personId, details: { ...details, name: 'Robert' } }));
      expect(value(await client.snapshot('people')).state.people[0]?.name).toBe('Robert');
    },
    refused: [['not-found', ({ client }) => client.ask.people.update({ personId: 'nobody', details })]],
  },
  'people.remove': {
    done: async ({ client }) => {
      const { personId } = value(await client.ask.people.add({ details }));
      value(await client.ask.people.remove({ personId }));
      expect(value(await client.snapshot('people')).state.people).toEqual([]);
    },
    refused: [['not-found', ({ client }) => client.ask.people.remove({ personId: 'nobody' })]],
  },
  'messaging.open': {
    done: async (scene) => {
      const { conversation } = value(await scene.client.ask.messaging.open({ peer: bob }));
      expect(conversation).toMatchObject({ id: await conversationOf(scene), accountId: scene.accountId });
    },
    refused: [['not-found', ({ client }) => client.ask.messaging.open({ ...nobody, peer: bob })]],
  },
  'messaging.send': {
    done: async (scene) => {
      const conversationId = await conversationOf(scene);
      value(await scene.client.ask.messaging.send({ conversationId, text: 'hello' }));
      await scene.opened.get(scene.accountId)!.userAgent.sent[0]!.settle({ kind: 'sent' });
      const page = value(await scene.client.ask.messaging.page({ conversationId, before: null, limit: 5 }));
      expect(page.messages).toMatchObject([{ text: 'hello', state: 'sent', direction: 'outgoing' }]);
      expect(scene.events.filter((name) => name.startsWith('messaging.message'))).toEqual([
        'messaging.messageAdded',
        'messaging.messageChanged',
        'messaging.messageChanged',
      ]);
    },
    refused: [['not-found', ({ client }) => client.ask.messaging.send({ ...noConversation, text: 'x' })]],
  },
  'messaging.retry': {
    done: async (scene) => {
      value(await scene.client.ask.messaging.retry({ messageId: await failedMessage(scene) }));
      const { sent } = scene.opened.get(scene.accountId)!.userAgent;
      expect(sent.map(({ message }) => message.callId)).toEqual([sent[0]!.message.callId, sent[0]!.message.callId]);
    },
    refused: [
      ['not-found', ({ client }) => client.ask.messaging.retry({ messageId: 'nothing' })],
      [
        'conflict',
        async (scene) => {
          const messageId = await failedMessage(scene);
          await scene.client.ask.messaging.retry({ messageId });
          return scene.client.ask.messaging.retry({ messageId });
        },
      ],
    ],
  },
  'messaging.page': {
    done: async (scene) => {
      const conversationId = await conversationOf(scene);
      expect(value(await scene.client.ask.messaging.page({ conversationId, before: null, limit: 1 }))).toEqual({
        messages: [],
        hasMore: false,
      });
    },
    refused: [['not-found', ({ client }) => client.ask.messaging.page({ ...noConversation, before: null, limit: 1 })]],
  },
  'messaging.markRead': {
    done: async (scene) => {
      const verdict = scene.opened.get(scene.accountId)!.events.messageReceived({
        from: bob,
        displayName: 'Bob',
        asserted: null,
        callId: 'c',
        cseq: 1,
        contentType: 'text/plain',
        body: 'hi',
      });
      expect(verdict).toBe('stored');
      const conversationId = await conversationOf(scene);
      value(await scene.client.ask.messaging.markRead({ conversationId }));
      expect(value(await scene.client.snapshot('messaging')).state.conversations[0]).toMatchObject({
        unreadCount: 0,
        peerDisplayName: 'Bob',
      });
    },
    refused: [['not-found', ({ client }) => client.ask.messaging.markRead(noConversation)]],
  },
  'messaging.markUnread': {
    done: async (scene) => {
      const conversationId = await conversationOf(scene);
      value(await scene.client.ask.messaging.markUnread({ conversationId }));
      value(await scene.client.ask.messaging.markUnread({ conversationId }));
      expect(value(await scene.client.snapshot('messaging')).state.conversations[0]).toMatchObject({ unreadCount: 1 });
    },
    refused: [['not-found', ({ client }) => client.ask.messaging.markUnread(noConversation)]],
  },
  'messaging.saveDraft': {
    done: async (scene) => {
      value(await scene.client.ask.messaging.saveDraft({ conversationId: await conversationOf(scene), draft: 'half a' }));
      expect(value(await scene.client.snapshot('messaging')).state.conversations[0]?.draft).toBe('half a');
    },
    refused: [['not-found', ({ client }) => client.ask.messaging.saveDraft({ ...noConversation, draft: '' })]],
  },
  'messaging.remove': {
    done: async (scene) => {
      value(await scene.client.ask.messaging.remove({ conversationId: await conversationOf(scene) }));
      expect(value(await scene.client.snapshot('messaging')).state.conversations).toEqual([]);
    },
    refused: [['not-found', ({ client }) => client.ask.messaging.remove(noConversation)]],
  },
  'calls.place': {
    done: async (scene) => {
      await callOf(scene);
      expect(value(await scene.client.snapshot('calls')).state.calls).toMatchObject([{ state: 'preparing', peer: bob }]);
      // Where none is named, the one account there is: asked again, it is the same call.
      value(await scene.client.ask.calls.place({ to: bob, video: false }));
      expect(value(await scene.client.snapshot('calls')).state.calls).toMatchObject([{ accountId: scene.accountId, peer: bob }]);
    },
    refused: [['offline', ({ client }) => client.ask.calls.place({ ...nobody, to: bob, video: false })]],
  },
  'calls.accept': {
    done: async (scene) => {
      value(await scene.client.ask.calls.accept({ callId: await ringing(scene), video: false }));
      expect(value(await scene.client.snapshot('calls')).state.calls).toMatchObject([{ state: 'accepting', direction: 'incoming' }]);
    },
    refused: [
      ['not-found', ({ client }) => client.ask.calls.accept({ ...noCall, video: false })],
      ['conflict', async (scene) => scene.client.ask.calls.accept({ callId: await activeCall(scene), video: false })],
    ],
  },
  'calls.reject': {
    done: async (scene) => value(await scene.client.ask.calls.reject({ callId: await ringing(scene) })),
    refused: [['not-found', ({ client }) => client.ask.calls.reject(noCall)]],
  },
  'calls.end': {
    done: async (scene) => {
      value(await scene.client.ask.calls.end({ callId: await callOf(scene) }));
      expect(scene.opened.get(scene.accountId)!.userAgent.sessions[0]!.asked).toEqual(['end']);
    },
    refused: [['not-found', ({ client }) => client.ask.calls.end(noCall)]],
  },
  'calls.hold': {
    done: async (scene) => value(await scene.client.ask.calls.hold({ callId: await activeCall(scene) })),
    refused: [
      ['not-found', ({ client }) => client.ask.calls.hold(noCall)],
      ['conflict', async (scene) => scene.client.ask.calls.hold({ callId: await callOf(scene) })],
    ],
  },
  'calls.resume': {
    done: async (scene) => {
      const callId = await activeCall(scene);
      const { events, asked } = scene.opened.get(scene.accountId)!.userAgent.sessions[0]!;
      events.holdChanged(true, false);
      value(await scene.client.ask.calls.resume({ callId }));
      expect(asked.at(-1)).toBe('resume');
    },
    refused: [['not-found', ({ client }) => client.ask.calls.resume(noCall)]],
  },
  'calls.setMuted': {
    done: async (scene) => value(await scene.client.ask.calls.setMuted({ callId: await activeCall(scene), muted: true })),
    refused: [['not-found', ({ client }) => client.ask.calls.setMuted({ ...noCall, muted: true })]],
  },
  'calls.setCameraOff': {
    done: async (scene) => value(await scene.client.ask.calls.setCameraOff({ callId: await activeCall(scene), cameraOff: true })),
    refused: [['not-found', ({ client }) => client.ask.calls.setCameraOff({ ...noCall, cameraOff: true })]],
  },
  'calls.sendDtmf': {
    done: async (scene) => value(await scene.client.ask.calls.sendDtmf({ callId: await activeCall(scene), tones: '1#' })),
    refused: [['not-found', ({ client }) => client.ask.calls.sendDtmf({ ...noCall, tones: '1' })]],
  },
  'history.page': {
    done: async (scene) => {
      await callOf(scene);
      scene.opened.get(scene.accountId)!.userAgent.sessions[0]!.events.ended({ code: 'busy', status: 486 }, false);
      expect(value(await scene.client.ask.history.page({ before: null, limit: 5 })).records).toMatchObject([
        { outcome: 'busy', peer: bob },
      ]);
    },
    refused: [],
  },
  'history.markSeen': { done: async ({ client }) => value(await client.ask.history.markSeen({})), refused: [] },
  'history.remove': { done: async ({ client }) => value(await client.ask.history.remove({ recordId: 'x' })), refused: [] },
  'media.claim': {
    done: async (scene) => {
      const { callId, legId } = await legOf(scene);
      const waiting = scene.mediaPeer().claimed(legId);
      value(await scene.client.ask.media.claim({ callId }));
      expect(await waiting).toBe(true);
    },
    refused: [
      ['not-found', ({ client }) => client.ask.media.claim(noCall)],
      [
        'conflict',
        async (scene) => {
          const callId = await callOf(scene);
          await scene.client.ask.media.claim({ callId });
          return (await connect(scene, carriers['memory']!, 'call')).ask.media.claim({ callId });
        },
      ],
    ],
  },
  'media.release': {
    done: async (scene) => {
      const { callId, legId } = await legOf(scene);
      let gone = false;
      scene.mediaPeer().listen(legId, { event: () => undefined, gone: () => (gone = true) });
      await scene.client.ask.media.claim({ callId });
      value(await scene.client.ask.media.release({ callId }));
      expect(gone).toBe(true);
    },
    refused: [['not-permitted', async (scene) => scene.client.ask.media.release({ callId: await callOf(scene) })]],
  },
  'media.answer': {
    done: async (scene) => {
      const { callId, legId } = await legOf(scene);
      await scene.client.ask.media.claim({ callId });
      scene.client.listen('media.requested', ({ request }) => {
        void scene.client.ask.media.answer({
          legId,
          request,
          result: { ok: true, description: { type: 'offer', sdp: 'v=0' }, state: peerState },
        });
      });
      scene.mediaPeer().listen(legId, { event: () => undefined, gone: () => undefined });
      const result = await scene.mediaPeer().request(legId, { name: 'createOffer', iceRestart: false });
      expect(result).toMatchObject({ ok: true, description: { sdp: 'v=0' } });
    },
    refused: [
      [
        'not-permitted',
        async (scene) =>
          scene.client.ask.media.answer({
            legId: (await legOf(scene)).legId,
            request: 1,
            result: { ok: true, description: null, state: peerState },
          }),
      ],
    ],
  },
  'media.notify': {
    done: async (scene) => {
      const { callId, legId } = await legOf(scene);
      const heard: string[] = [];
      scene.mediaPeer().listen(legId, { event: (name) => heard.push(name), gone: () => undefined });
      await scene.client.ask.media.claim({ callId });
      value(await scene.client.ask.media.notify({ legId, event: 'icecandidate', state: peerState }));
      expect(heard).toEqual(['icecandidate']);
    },
    refused: [
      [
        'not-permitted',
        async (scene) => scene.client.ask.media.notify({ legId: (await legOf(scene)).legId, event: 'track', state: peerState }),
      ],
    ],
  },
  'practice.start': {
    done: async ({ client }) => {
      value(await client.ask.practice.start({}));
      expect(value(await client.snapshot('people')).state.people).toMatchObject([{ name: 'Echo', isPractice: true }]);
      expect(value(await client.snapshot('practice')).state.running).toBe(true);
    },
    refused: [],
  },
  'practice.remove': {
    done: async ({ client, practiceStops }) => {
      await client.ask.practice.start({});
      value(await client.ask.practice.remove({}));
      expect(value(await client.snapshot('people')).state.people).toEqual([]);
      expect(value(await client.snapshot('accounts')).state.accounts.filter((account) => account.isPractice)).toEqual([]);
      expect(practiceStops()).toBe(1);
    },
    refused: [],
  },
  'sessions.end': {
    done: async ({ client }) => {
      value(await client.ask.sessions.end({ id: 'browser' }));
      expect(value(await client.snapshot('sessions')).state.sessions).toEqual([]);
    },
    refused: [['not-found', ({ client }) => client.ask.sessions.end({ id: 'nobody' })]],
  },
  'settings.set': {
    done: async ({ client }) => {
      value(await client.ask.settings.set({ settings: { theme: 'dark' } }));
      value(await client.ask.settings.set({ settings: { ringVolume: 0.25 } }));
      expect(value(await client.snapshot('settings')).state.settings).toMatchObject({
        theme: 'dark',
        ringVolume: 0.25,
        microphoneId: null,
      });
    },
    refused: [
      // As a page that was taken over might try.
      ['invalid-input', ({ client }) => client.ask.settings.set({ settings: { updateUrl: 'https://evil.example/' } as never })],
      ['invalid-input', ({ client }) => client.ask.settings.set({ settings: { trustedLinkHosts: ['evil.example'] } as never })],
      ...(['call', 'incoming', 'dial'] as const).map(
        (kind) => ['not-permitted', async ({ as }: Scene) => (await as(kind)).ask.settings.set({ settings: { theme: 'dark' } })] as const,
      ),
    ],
  },
  'settings.setUpdateUrl': {
    done: async ({ as, desktop }) => {
      const client = await as('main');
      value(await client.ask.settings.setUpdateUrl({ url: 'https://updates.example.org/' }));
      expect(desktop.updateUrl).toBe('https://updates.example.org/');
      desktop.confirms = false;
      value(await client.ask.settings.setUpdateUrl({ url: null }));
      expect(desktop.updateUrl).toBeNull();
    },
    refused: [
      ['invalid-input', async ({ as }) => (await as('main')).ask.settings.setUpdateUrl({ url: 'http://updates.example.org/' })],
      [
        'not-confirmed',
        async ({ as, desktop }) => {
          desktop.confirms = false;
          const refused = await (await as('main')).ask.settings.setUpdateUrl({ url: 'https://evil.example/' });
          expect(desktop.updateUrl).toBeNull();
          return refused;
        },
      ],
      ...(['call', 'incoming', 'dial', 'shell', 'program'] as const).map(
        (kind) => ['not-permitted', async ({ as }: Scene) => (await as(kind)).ask.settings.setUpdateUrl({ url: null })] as const,
      ),
    ],
  },
  'settings.trustLinkHost': {
    done: async ({ as, client }) => {
      value(await (await as('shell')).ask.settings.trustLinkHost({ host: 'example.org' }));
      expect(value(await client.snapshot('settings')).state.settings.trustedLinkHosts).toEqual(['example.org']);
    },
    refused: (['main', 'call', 'incoming', 'dial', 'program'] as const).map(
      (kind) => ['not-permitted', async ({ as }: Scene) => (await as(kind)).ask.settings.trustLinkHost({ host: 'evil.example' })] as const,
    ),
  },
  'settings.distrustLinkHost': {
    done: async ({ as, client }) => {
      value(await (await as('shell')).ask.settings.trustLinkHost({ host: 'example.org' }));
      value(await client.ask.settings.distrustLinkHost({ host: 'example.org' }));
      expect(value(await client.snapshot('settings')).state.settings.trustedLinkHosts).toEqual([]);
    },
    refused: [],
  },
};

/** Who may give a command, for tests of what is refused for other reasons. */
function mayAsk(name: string): ClientKind {
  const kind = (['program', 'main', 'shell'] as const).find((each) => (grants[each].commands as readonly string[]).includes(name));
  if (!kind) throw new Error(`nobody may ask ${name}`);
  return kind;
}

const allCommands = Object.entries(contract).flatMap(([domain, { commands: of }]) => Object.keys(of).map((name) => `${domain}.${name}`));

describe.each(Object.entries(carriers))('the contract over %s', (_name, carrier) => {
  it('has a case here for every command', () => {
    expect(Object.keys(commands).sort()).toEqual([...allCommands].sort());
  });

  it.each(allCommands)('%s is done', async (name) => {
    await commands[name]!.done(await open(carrier));
  });

  it.each(
    Object.entries(commands).flatMap(([name, { refused }]) => refused.map(([failure, attempt]) => [name, failure, attempt] as const)),
  )('%s is refused with %s', async (_command, failure, attempt) => {
    expect(code((await attempt(await open(carrier))) as { ok: boolean })).toBe(failure);
  });

  it.each(allCommands)('%s takes no input of another shape', async (name) => {
    const client = await (await open(carrier)).as(mayAsk(name));
    const [domain = '', command = ''] = name.split('.');
    const ask = (client.ask as unknown as Record<string, Record<string, (input: unknown) => Promise<{ ok: boolean }>>>)[domain]![command]!;
    for (const bad of [
      undefined,
      null,
      'text',
      42,
      [],
      { unexpected: true },
      JSON.parse('{"__proto__":{"polluted":true},"unexpected":1}'),
    ]) {
      expect(code(await ask(bad))).toBe('invalid-input');
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('answers names that are no command with unknown-command', async () => {
    const test = await startTestApp();
    const client = await connect(test, carrier, 'program');
    const odd = createClient(
      {
        ...contract,
        accounts: { ...contract.accounts, commands: { ...contract.accounts.commands, toString: contract.accounts.commands.remove } },
      },
      {
        ...(await carrier((end, as) => test.app.connect(end, as), 'program')),
      },
      () => undefined,
    );
    expect(code(await odd.ask.accounts.toString({ accountId: 'x' }))).toBe('unknown-command');
    client.close();
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf', '$close', 'then'])(
    'calls nothing for a message that names %s',
    async (name) => {
      const test = await startTestApp();
      const transport = await carrier((end, as) => {
        test.app.connect(end, as);
      }, 'program');
      const answered = new Promise<unknown>((resolve) => transport.onMessage(resolve));
      transport.send({ t: 'q', i: '1', m: name, a: ['return 1'] });
      const answer = await answered;
      expect(answer).toMatchObject({ t: 's', i: '1' });
      expect((answer as { r?: unknown }).r).toBeUndefined();
      expect(JSON.stringify(answer)).not.toContain('return 1');
      transport.close();
    },
  );

  it('keeps a window to the domains it is granted', async () => {
    const test = await startTestApp();
    for (const kind of Object.keys(grants) as ClientKind[]) {
      const client = await connect(test, carrier, kind);
      for (const domain of Object.keys(contract) as (keyof AhoyContract)[]) {
        expect([kind, domain, code(await client.snapshot(domain))]).toEqual([
          kind,
          domain,
          grants[kind].follows.includes(domain) ? 'ok' : 'not-permitted',
        ]);
      }
    }
  });

  it('raises a domain’s revision by one with each of its events', async () => {
    const { client } = await open(carrier);
    const before = value(await client.snapshot('people')).revision;
    const revisions: number[] = [];
    client.listen('people.changed', (_payload, revision) => revisions.push(revision));
    for (let count = 0; count < 3; count += 1) await client.ask.people.add({ details });
    expect(revisions).toEqual([before + 1, before + 2, before + 3]);
    expect(value(await client.snapshot('people')).revision).toBe(before + 3);
  });

  it('lets no password out, neither in a snapshot nor in an event', async () => {
    const test = await startTestApp();
    const client = await connect(test, carrier, 'program');
    const heard: unknown[] = [];
    for (const domain of Object.keys(contract) as (keyof AhoyContract)[]) client.follow(domain, (event) => heard.push(event));
    await client.ask.accounts.add({
      settings: { addressOfRecord: 'sip:me@example.org', iceServers: [{ url: 'turn:turn.example.org', username: 'me' }] },
      password: 'open sesame',
      iceCredentials: { 'turn:turn.example.org': 'turn sesame' },
    });
    for (const domain of Object.keys(contract) as (keyof AhoyContract)[]) heard.push(value(await client.snapshot(domain)));
    expect(JSON.stringify(heard)).not.toMatch(/sesame/);
    expect(JSON.stringify(heard)).toMatch(/"hasPassword":true/);
    expect(JSON.stringify(test.logger.lines)).not.toMatch(/sesame/);
  });

  it('answers what was asked before the connection ended with disconnected', async () => {
    const test = await startTestApp();
    const client = await connect(test, carrier, 'program');
    client.close();
    await expect.poll(async () => code(await client.ask.people.add({ details }))).toBe('disconnected');
  });
});

it('valibot takes every snapshot schema as strict', () => {
  for (const { snapshot } of Object.values(contract)) expect(v.is(snapshot, { unexpected: 1 })).toBe(false);
});
