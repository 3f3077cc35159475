/** The contract's commands around the desktop, alerts and passwords: done, and refused. */
import { expect } from 'vitest';
import type { Accelerator } from '../../common/model/desktop.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import type { ConversationId } from '../../common/model/ids.ts';
import { createMemoryVault } from '../support/memory-vault.ts';
import { startTestApp } from '../support/test-app.ts';
import { carriers } from './carriers.ts';
import { connect, PASSPHRASE, value, type CommandCase, type Scene } from './scene.ts';

const key = 'CommandOrControl+Shift+A' as Accelerator;
const bob = 'sip:bob@example.org' as AddressOfRecord;

/** A client of a core whose passwords are locked. */
async function locked() {
  const test = await startTestApp(undefined, { secrets: createMemoryVault(PASSPHRASE) });
  return (await connect(test, carriers['memory']!, 'program')).ask;
}

function textArrives({ opened, accountId }: Scene, callId: string): void {
  opened
    .get(accountId)!
    .events.messageReceived({ from: bob, displayName: '', asserted: null, callId, cseq: 1, contentType: 'text/plain', body: 'Hello' });
}

async function conversationOf({ client, accountId }: Scene): Promise<ConversationId> {
  return value(await client.ask.messaging.open({ accountId, peer: bob })).conversation.id;
}

export const desktopCases: Record<string, CommandCase> = {
  'desktop.setAutostart': {
    done: async ({ client, events }) => {
      value(await client.ask.desktop.setAutostart({ enabled: true }));
      expect(value(await client.snapshot('desktop')).state.desktop.autostart.enabled).toBe(true);
      expect(events).toContain('desktop.changed');
    },
    refused: [
      [
        'not-supported',
        async () => {
          const test = await startTestApp();
          return (await connect(test, carriers['memory']!, 'program')).ask.desktop.setAutostart({ enabled: true });
        },
      ],
    ],
  },
  'desktop.setShortcut': {
    done: async ({ client }) => {
      value(await client.ask.desktop.setShortcut({ action: 'answer', accelerator: key }));
      value(await client.ask.desktop.setShortcut({ action: 'mute', accelerator: 'F9' }));
      const { desktop } = value(await client.snapshot('desktop')).state;
      expect(desktop.shortcuts).toContainEqual({ action: 'answer', accelerator: key, state: 'set' });
      expect(value(await client.snapshot('settings')).state.settings.shortcuts).toMatchObject({ answer: key, mute: 'F9', open: null });
      value(await client.ask.desktop.setShortcut({ action: 'answer', accelerator: null }));
      expect(value(await client.snapshot('settings')).state.settings.shortcuts.answer).toBeNull();
    },
    refused: [
      [
        'conflict',
        ({ client, desktop }) => {
          desktop.taken.add(key);
          return client.ask.desktop.setShortcut({ action: 'answer', accelerator: key });
        },
      ],
      ['invalid-input', ({ client }) => client.ask.desktop.setShortcut({ action: 'answer', accelerator: 'A' })],
      ['invalid-input', ({ client }) => client.ask.desktop.setShortcut({ action: 'answer', accelerator: 'Shift+A' })],
      ['invalid-input', ({ client }) => client.ask.desktop.setShortcut({ action: 'answer', accelerator: 'Ctrl+Nonsense' })],
    ],
  },
  'desktop.setOpensLinks': {
    done: async ({ client }) => {
      value(await client.ask.desktop.setOpensLinks({ enabled: true }));
      expect(value(await client.snapshot('desktop')).state.desktop.links).toContainEqual({ scheme: 'sip', state: 'ours' });
    },
    refused: [],
  },
  'desktop.checkForUpdate': {
    done: async ({ client, as }) => {
      value(await (await as('main')).ask.settings.setUpdateUrl({ url: 'https://updates.example.org/' }));
      value(await client.ask.desktop.checkForUpdate({}));
    },
    refused: [['not-supported', ({ client }) => client.ask.desktop.checkForUpdate({})]],
  },
  'desktop.installUpdate': {
    done: async ({ client, desktop }) => {
      desktop.ready = true;
      value(await client.ask.desktop.installUpdate({}));
      expect(desktop.installs).toBe(1);
    },
    refused: [
      ['conflict', ({ client }) => client.ask.desktop.installUpdate({})],
      [
        'conflict',
        async ({ client, accountId, desktop }) => {
          desktop.ready = true;
          await client.ask.calls.place({ accountId, to: bob, video: false });
          return client.ask.desktop.installUpdate({});
        },
      ],
    ],
  },
  'desktop.wish': {
    done: async ({ client, events }) => {
      value(await client.ask.desktop.wish({ action: 'call', target: '02079460018' }));
      const [wish] = value(await client.snapshot('desktop')).state.wishes;
      expect(wish).toMatchObject({ action: 'call', target: '02079460018', from: 'message' });
      expect(events).toContain('desktop.wished');
    },
    refused: [['invalid-input', ({ client }) => client.ask.desktop.wish({ action: 'call', target: '\u202Emoc' })]],
  },
  'desktop.dismissWish': {
    done: async ({ app, client, events }) => {
      expect(app.wish('call', '+44 20 1234', 'link')).toBe(true);
      const [wish] = value(await client.snapshot('desktop')).state.wishes;
      expect(wish).toMatchObject({ action: 'call', target: '+44 20 1234', from: 'link' });
      value(await client.ask.desktop.dismissWish({ id: wish!.id }));
      expect(value(await client.snapshot('desktop')).state.wishes).toEqual([]);
      expect(events).toContain('desktop.wished');
      expect(events).toContain('desktop.wishDismissed');
    },
    refused: [],
  },
  'desktop.reportAttention': {
    done: async (scene) => {
      const conversationId = await conversationOf(scene);
      value(await scene.client.ask.desktop.reportAttention({ present: true, conversationId }));
      textArrives(scene, 'looked-at');
      expect([...scene.alerts.shown.keys()]).toEqual([]);
      value(await scene.client.ask.desktop.reportAttention({ present: false, conversationId }));
      textArrives(scene, 'not looked at');
      expect([...scene.alerts.shown.values()]).toMatchObject([{ kind: 'message', text: 'Hello', count: 2 }]);
      // Whoever turns to it has seen it.
      value(await scene.client.ask.desktop.reportAttention({ present: true, conversationId }));
      expect([...scene.alerts.shown.keys()]).toEqual([]);
    },
    refused: [],
  },
  'messaging.setMuted': {
    done: async (scene) => {
      const conversationId = await conversationOf(scene);
      value(await scene.client.ask.messaging.setMuted({ conversationId, muted: true }));
      textArrives(scene, 'muted');
      expect([...scene.alerts.shown.keys()]).toEqual([]);
      expect(value(await scene.client.snapshot('messaging')).state.conversations).toMatchObject([{ muted: true, unreadCount: 1 }]);
      value(await scene.client.ask.messaging.setMuted({ conversationId, muted: false }));
      textArrives(scene, 'heard');
      expect(scene.alerts.shown.size).toBe(1);
    },
    refused: [['not-found', ({ client }) => client.ask.messaging.setMuted({ conversationId: 'nothing', muted: true })]],
  },
  'secrets.unlock': {
    done: async () => {
      const ask = await locked();
      const settings = { addressOfRecord: 'sip:me@example.org' };
      expect(await ask.accounts.add({ settings, password: 'p' })).toMatchObject({ ok: false, failure: { code: 'secrets-locked' } });
      value(await ask.secrets.unlock({ passphrase: PASSPHRASE }));
      value(await ask.accounts.add({ settings, password: 'p' }));
    },
    refused: [
      ['passphrase-wrong', async () => (await locked()).secrets.unlock({ passphrase: 'wrong' })],
      ['conflict', ({ client }) => client.ask.secrets.unlock({ passphrase: PASSPHRASE })],
    ],
  },
  'secrets.setPassphrase': {
    done: async () => {
      const ask = await locked();
      value(await ask.secrets.setPassphrase({ passphrase: 'another passphrase', present: PASSPHRASE }));
      value(await ask.secrets.unlock({ passphrase: 'another passphrase' }));
    },
    refused: [
      ['conflict', ({ client }) => client.ask.secrets.setPassphrase({ passphrase: 'another passphrase' })],
      ['passphrase-wrong', async () => (await locked()).secrets.setPassphrase({ passphrase: 'another passphrase', present: 'wrong' })],
      ['invalid-input', async () => (await locked()).secrets.setPassphrase({ passphrase: 'short', present: PASSPHRASE })],
    ],
  },
  'secrets.retry': {
    done: async ({ client }) => expect(await client.ask.secrets.retry({})).toMatchObject({ ok: false }),
    refused: [['not-supported', async () => (await locked()).secrets.retry({})]],
  },
  'secrets.forget': {
    done: async ({ client, events }) => {
      value(await client.ask.secrets.forget({}));
      expect(value(await client.snapshot('accounts')).state.accounts).toMatchObject([{ hasPassword: false }]);
      expect(events).toContain('secrets.changed');
    },
    refused: [],
  },
};
