/** What tray, alerts and keys do: each action is a command of the contract. */
import { app as electron, clipboard } from 'electron';
import { isRinging, type Call } from '../../../../common/model/call.ts';
import { parseLink } from '../../../../common/model/wish.ts';
import type { App } from '../../../app/app.ts';
import type { HostWindows } from '../../../ports/host-windows.ts';
import type { CoreMirror } from './core-mirror.ts';
import type { EndQuestion } from './end-question.ts';
import type { TrayActions } from '../tray/tray-menu.ts';

export interface ShellActions extends TrayActions {
  /** Answers the call that has waited longest, else hangs up the call one is in. */
  answerOrHangUp(): void;
  toggleMute(): void;
  /** Asks whether to call what the clipboard holds. */
  callClipboard(): void;
}

export function createShellActions(app: App, windows: HostWindows, { state, ask }: CoreMirror, question: EndQuestion): ShellActions {
  const byAge = (): Call[] => [...state.calls.values()].sort((a, b) => a.startedAtMs - b.startedAtMs);

  const actions: ShellActions = {
    setStatus(status) {
      void ask.presence.publish({ status, note: state.own?.note ?? '' });
    },
    toggleDoNotDisturb() {
      actions.setStatus(state.own?.status === 'do-not-disturb' ? 'available' : 'do-not-disturb');
    },
    editNote() {
      app.requestFront({ kind: 'own-presence' });
    },
    chat(accountId, address) {
      void ask.messaging.open({ accountId, peer: address }).then((opened) => {
        app.requestFront(opened.ok ? { kind: 'conversation', conversationId: opened.value.conversation.id } : { kind: 'as-it-is' });
      });
    },
    call(accountId, address) {
      // Without a registration nothing can be dialled: the main window says why.
      void ask.calls.place({ accountId, to: address, video: false }).then((placed) => {
        if (!placed.ok) app.requestFront();
      });
    },
    dial() {
      windows.openDial();
    },
    accept(callId) {
      void ask.calls.accept({ callId, video: false });
    },
    decline(callId) {
      void ask.calls.reject({ callId });
    },
    showCall(callId) {
      windows.openCall(callId);
    },
    toggleMuted(callId) {
      const call = state.calls.get(callId);
      if (call) void ask.calls.setMuted({ callId, muted: !call.muted });
    },
    toggleHeld(callId) {
      const call = state.calls.get(callId);
      if (call) void (call.heldByUs ? ask.calls.resume({ callId }) : ask.calls.hold({ callId }));
    },
    end(callId) {
      void ask.calls.end({ callId });
    },
    openChats() {
      const unread = [...state.conversations.values()]
        .filter((conversation) => conversation.unreadCount > 0)
        .sort((a, b) => b.changedAtMs - a.changedAtMs)[0];
      app.requestFront(unread ? { kind: 'conversation', conversationId: unread.id } : { kind: 'as-it-is' });
    },
    openCalls() {
      app.requestFront({ kind: 'calls' });
    },
    openMain() {
      app.requestFront();
    },
    quit() {
      const isTalking = byAge().some((call) => call.state === 'active');
      if (!isTalking) electron.quit();
      else
        void question.quit().then((mayQuit) => {
          if (mayQuit) electron.quit();
        });
    },
    answerOrHangUp() {
      const waiting = byAge().find(isRinging);
      const running = byAge().filter((call) => !isRinging(call));
      if (waiting) actions.accept(waiting.id);
      else {
        // Of several it is the one that is not held: the one that is being talked in.
        const talking = running.findLast((call) => !call.heldByUs) ?? running.at(-1);
        if (talking) actions.end(talking.id);
      }
    },
    toggleMute() {
      const running = byAge().filter((call) => !isRinging(call));
      const isOpen = running.some((call) => !call.muted);
      for (const call of running) if (call.muted !== isOpen) actions.toggleMuted(call.id);
    },
    callClipboard() {
      void clipboard.readText().then((text) => {
        const link = parseLink(text);
        const target = link !== null && link.action !== 'open' ? link.target : text;
        if (!app.wish('call', target, 'clipboard')) app.requestFront({ kind: 'nothing-to-call' });
      });
    },
  };
  return actions;
}
