/** Which domain answers which command of the contract. No rules of its own. */
import type * as v from 'valibot';
import type { AhoyContract, contract } from '../../common/contract/index.ts';
import type { FrontView, HostCapabilities, HostNotice } from '../../common/contract/host.ts';
import { MOST_TRUSTED_HOSTS } from '../../common/contract/settings.ts';
import type { AddressOfRecord } from '../../common/model/address-of-record.ts';
import { assertNever } from '../../common/model/assert-never.ts';
import { failed, success, type Outcome } from '../../common/model/failure.ts';
import type { AccountId } from '../../common/model/ids.ts';
import type { Handlers } from '../../common/transport/server.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Calls } from '../calls/calls.ts';
import type { Messaging } from '../messaging/messaging.ts';
import type { People } from '../people/people.ts';
import type { DesktopPort } from '../ports/desktop.ts';
import type { CallStore } from '../ports/history-store.ts';
import type { HostWindows } from '../ports/host-windows.ts';
import type { PageSessions } from '../ports/page-sessions.ts';
import type { SecretVault } from '../ports/secret-store.ts';
import type { Presence, Watch } from '../presence/presence.ts';
import type { Voicemail } from '../voicemail/voicemail.ts';
import type { Attention } from './attention.ts';
import type { MediaRelay } from './media-relay.ts';
import type { Practice } from './practice.ts';
import type { UserSettings } from './user-settings.ts';
import type { AlertBoard } from './alert-board.ts';
import type { Wishes } from './wishes.ts';

export interface HandlerDependencies {
  readonly accounts: Accounts;
  readonly presence: Presence;
  readonly people: People;
  readonly messaging: Messaging;
  readonly calls: Calls;
  readonly callRecords: CallStore;
  readonly media: MediaRelay;
  readonly practice: Practice;
  readonly settings: UserSettings;
  readonly voicemail: Voicemail;
  readonly attention: Attention;
  readonly wishes: Wishes;
  readonly alertBoard: AlertBoard;
  readonly desktop: DesktopPort;
  readonly secrets: SecretVault;
  readonly pageSessions: PageSessions;
  /** Resolves when the secrets were opened at the start, or could not be. */
  readonly secretsTried: Promise<null>;
  readonly windows: HostWindows;
  /** False where the host opens no windows itself. */
  readonly requestFront: (view: FrontView) => boolean;
  readonly host: {
    readonly version: string;
    readonly capabilities: HostCapabilities;
    readonly startedAtMs: number;
    readonly notices: () => HostNotice[];
    readonly dismiss: (id: string) => void;
  };
  /** By which account somebody is reached where none is named; null where there is none. */
  readonly accountFor: (address: AddressOfRecord) => AccountId | null;
  readonly watch: (watch: Watch) => void;
  readonly unwatch: (watch: Watch) => void;
  readonly notify: {
    readonly settingsChanged: () => void;
    readonly historySeen: () => void;
    readonly recordRemoved: (recordId: Parameters<CallStore['remove']>[0]) => void;
  };
}

export function createHandlers(dependencies: HandlerDependencies): Handlers<AhoyContract> {
  const { accounts, presence, people, messaging, calls, callRecords, media, practice, settings, windows, host, notify } = dependencies;
  const { voicemail, alertBoard, attention, wishes, desktop, secrets } = dependencies;

  function changeSettings(changes: Parameters<UserSettings['set']>[0]): Outcome<null> {
    settings.set(changes);
    notify.settingsChanged();
    return success(null);
  }

  const trustedWithout = (linkHost: string): string[] => settings.present().trustedLinkHosts.filter((each) => each !== linkHost);

  function openWindow(wanted: v.InferOutput<typeof contract.host.commands.openWindow.input>): boolean {
    switch (wanted.kind) {
      case 'main':
        return dependencies.requestFront(wanted.view);
      case 'call':
        return windows.openCall(wanted.callId);
      case 'dial':
        return windows.openDial();
      default:
        return assertNever(wanted);
    }
  }

  return {
    host: {
      snapshot: () => ({
        version: host.version,
        capabilities: host.capabilities,
        startedAtMs: host.startedAtMs,
        notices: host.notices(),
      }),
      commands: {
        openWindow(input) {
          return openWindow(input) ? success(null) : failed('conflict', { detail: 'this host opens no windows' });
        },
        dismissNotice({ id }) {
          host.dismiss(id);
          return success(null);
        },
      },
    },
    desktop: {
      snapshot: () => ({ desktop: desktop.present(), wishes: [...wishes.all()] }),
      commands: {
        setAutostart: ({ enabled }) => desktop.setAutostart(enabled),
        setShortcut({ action, accelerator }) {
          settings.set({ shortcuts: { ...settings.present().shortcuts, [action]: accelerator } });
          notify.settingsChanged();
          const now = desktop.present().shortcuts.find((shortcut) => shortcut.action === action)?.state;
          if (accelerator === null || now === 'set') return success(null);
          return failed(now === 'taken' ? 'conflict' : 'not-supported');
        },
        setOpensLinks: ({ enabled }) => desktop.setOpensLinks(enabled),
        checkForUpdate: () => desktop.checkForUpdate(),
        installUpdate() {
          // The far side of a call must not hear a restart.
          if (calls.all().length > 0) return failed('conflict', { detail: 'a call is running' });
          return desktop.installUpdate();
        },
        wish: ({ action, target }) => (wishes.add(action, target, 'message') ? success(null) : failed('invalid-input')),
        dismissWish({ id }) {
          wishes.dismiss(id);
          return success(null);
        },
        reportAttention({ present, conversationId }, caller) {
          attention.report(caller.clientId, present, conversationId);
          return success(null);
        },
      },
    },
    secrets: {
      snapshot: () => ({ secrets: secrets.present() }),
      commands: {
        setPassphrase: ({ passphrase, present }) => secrets.setPassphrase(passphrase, present),
        unlock: ({ passphrase }) => secrets.unlock(passphrase),
        retry: () => secrets.retry(),
        async forget() {
          const forgotten = await secrets.forget();
          if (forgotten.ok) await accounts.secretsForgotten();
          return forgotten;
        },
      },
    },
    voicemail: { snapshot: () => ({ boxes: [...voicemail.boxes()] }), commands: {} },
    alerts: { snapshot: () => ({ keys: [...alertBoard.keys()] }), commands: {} },
    accounts: {
      snapshot: () => ({ accounts: [...accounts.all()] }),
      commands: {
        async add(input) {
          await dependencies.secretsTried;
          return accounts.add(input);
        },
        async update({ accountId, ...change }) {
          await dependencies.secretsTried;
          return accounts.update(accountId, change);
        },
        remove: ({ accountId }) => (practice.state().accountId === accountId ? practice.remove() : accounts.remove(accountId)),
        register: ({ accountId }) => accounts.register(accountId),
        setEnabled: ({ accountId, enabled }) => accounts.setEnabled(accountId, enabled),
      },
    },
    presence: {
      snapshot: () => ({ own: presence.own(), presentities: [...presence.presentities()] }),
      commands: {
        publish({ status, note }) {
          presence.publish(status, note);
          return success(null);
        },
        watch(watch) {
          dependencies.watch(watch);
          return success(null);
        },
        unwatch(watch) {
          dependencies.unwatch(watch);
          return success(null);
        },
      },
    },
    people: {
      snapshot: () => ({ people: [...people.all()] }),
      commands: {
        add: ({ details }) => people.add(details),
        update: ({ personId, details }) => people.update(personId, details),
        remove: ({ personId }) => people.remove(personId),
      },
    },
    messaging: {
      snapshot: () => ({ conversations: [...messaging.conversations()] }),
      commands: {
        open({ accountId, peer }) {
          const by = accountId ?? dependencies.accountFor(peer);
          if (by === null) return failed('offline');
          if (!accounts.all().some((account) => account.id === by)) return failed('not-found');
          return messaging.open(by, peer);
        },
        send: ({ conversationId, text }) => messaging.send(conversationId, text),
        retry: ({ messageId }) => messaging.retry(messageId),
        page: ({ conversationId, before, limit }) => messaging.page(conversationId, before, limit),
        markRead: ({ conversationId }) => messaging.markRead(conversationId),
        markUnread: ({ conversationId }) => messaging.markUnread(conversationId),
        saveDraft: ({ conversationId, draft }) => messaging.saveDraft(conversationId, draft),
        setMuted: ({ conversationId, muted }) => messaging.setMuted(conversationId, muted),
        remove: ({ conversationId }) => messaging.remove(conversationId),
      },
    },
    calls: {
      snapshot: () => ({ calls: [...calls.all()] }),
      commands: {
        place({ accountId, to, video }) {
          const by = accountId ?? dependencies.accountFor(to);
          return by === null ? failed('offline') : calls.place(by, to, video);
        },
        accept: ({ callId, video, endOthers }) => calls.accept(callId, video, endOthers),
        reject: ({ callId, busy }) => calls.reject(callId, busy),
        end: ({ callId }) => calls.end(callId),
        hold: ({ callId }) => calls.hold(callId),
        resume: ({ callId }) => calls.resume(callId),
        setMuted: ({ callId, muted }) => calls.setMuted(callId, muted),
        setCameraOff: ({ callId, cameraOff }) => calls.setCameraOff(callId, cameraOff),
        sendDtmf: ({ callId, tones }) => calls.sendDtmf(callId, tones),
      },
    },
    history: {
      snapshot: () => ({ unseenMissedCount: callRecords.unseenMissedCount() }),
      commands: {
        page(wanted) {
          const page = callRecords.page(wanted);
          return success({ records: [...page.records], hasMore: page.hasMore });
        },
        markSeen() {
          if (callRecords.unseenMissedCount() > 0) {
            callRecords.markSeen();
            calls.missedSeen();
            notify.historySeen();
          }
          return success(null);
        },
        remove({ recordId }) {
          callRecords.remove(recordId);
          notify.recordRemoved(recordId);
          return success(null);
        },
      },
    },
    media: {
      snapshot: () => ({}),
      commands: {
        claim: ({ callId }, caller) => media.claim(callId, caller.clientId),
        release: ({ callId }, caller) => media.giveUp(callId, caller.clientId),
        answer: ({ callId, request, result }, caller) => media.answer(callId, caller.clientId, request, result),
        notify: ({ callId, event, hasCandidate, state }, caller) => media.notify(callId, caller.clientId, event, hasCandidate, state),
      },
    },
    practice: {
      snapshot: () => practice.state(),
      commands: {
        start: () => practice.start(),
        remove: () => practice.remove(),
      },
    },
    sessions: {
      snapshot: () => ({ sessions: [...dependencies.pageSessions.present()] }),
      commands: {
        end: ({ id }) => (dependencies.pageSessions.end(id) ? success(null) : failed('not-found')),
      },
    },
    settings: {
      snapshot: () => ({ settings: settings.present() }),
      commands: {
        set: (input) => changeSettings(input.settings as Parameters<UserSettings['set']>[0]),
        async setUpdateUrl({ url }) {
          if (url === settings.present().updateUrl) return success(null);
          if (url !== null && !(await desktop.confirmUpdateUrl(url))) return failed('not-confirmed');
          return changeSettings({ updateUrl: url });
        },
        trustLinkHost: ({ host: linkHost }) =>
          changeSettings({ trustedLinkHosts: [...trustedWithout(linkHost), linkHost].slice(-MOST_TRUSTED_HOSTS) }),
        distrustLinkHost: ({ host: linkHost }) => changeSettings({ trustedLinkHosts: trustedWithout(linkHost) }),
      },
    },
  };
}
