/** The tray's menu as a template: what it says and offers for a state of the core. Makes no system calls. */
import type { MenuItemConstructorOptions } from 'electron';
import type { AddressOfRecord } from '../../../../common/model/address-of-record.ts';
import { isRinging, type Call } from '../../../../common/model/call.ts';
import { nameOfParty, personWithAddress } from '../../../../common/model/person.ts';
import type { AccountId, CallId } from '../../../../common/model/ids.ts';
import { OwnStatus } from '../../../../common/model/presence.ts';
import { callStateWords } from '../../../../common/text/call-words.ts';
import { m } from '../../../../common/text/generated/messages.js';
import { statusWords } from '../../../../common/text/presence-words.ts';
import { presentityOf, unreadCount, type CoreState } from '../shell/core-mirror.ts';

export interface TrayActions {
  setStatus(status: OwnStatus): void;
  toggleDoNotDisturb(): void;
  /** Opens the main window where the note is written. */
  editNote(): void;
  chat(accountId: AccountId | null, address: AddressOfRecord): void;
  call(accountId: AccountId | null, address: AddressOfRecord): void;
  dial(): void;
  accept(callId: CallId): void;
  decline(callId: CallId): void;
  showCall(callId: CallId): void;
  toggleMuted(callId: CallId): void;
  toggleHeld(callId: CallId): void;
  end(callId: CallId): void;
  openChats(): void;
  openCalls(): void;
  openMain(): void;
  quit(): void;
}

/** More would make a menu to be scrolled. */
const MOST_PEOPLE = 8;

interface Somebody {
  readonly name: string;
  readonly address: AddressOfRecord;
  readonly accountId: AccountId | null;
}

function nameOf(state: CoreState, address: AddressOfRecord, displayName = ''): string {
  return nameOfParty(personWithAddress([...state.people.values()], address), displayName, address);
}

function favourites(state: CoreState): Somebody[] {
  return [...state.people.values()]
    .filter((person) => person.favourite)
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap((person) => person.addresses.slice(0, 1).map(({ address }) => ({ name: person.name, address, accountId: null })))
    .slice(0, MOST_PEOPLE);
}

/** Those last written with, who are no favourites. */
function recent(state: CoreState, besides: readonly Somebody[]): Somebody[] {
  const taken = new Set(besides.map(({ name }) => name));
  return [...state.conversations.values()]
    .sort((a, b) => b.changedAtMs - a.changedAtMs)
    .map(({ peer, peerDisplayName, accountId }) => ({ name: nameOf(state, peer, peerDisplayName), address: peer, accountId }))
    .filter(({ name }) => !taken.has(name))
    .slice(0, MOST_PEOPLE);
}

/** A menu on Windows and Linux takes & as the mark of a key. */
function plain(text: string): string {
  return text.replaceAll('&', '&&');
}

function somebodyItem(state: CoreState, who: Somebody, actions: TrayActions): MenuItemConstructorOptions {
  const presentity = presentityOf(state, who.address);
  const status = presentity && presentity.status !== 'unknown' ? statusWords(presentity.status) : null;
  return {
    label: plain(status === null ? who.name : m.tray_person({ name: who.name, status })),
    submenu: [
      { label: m.tray_chat(), click: () => actions.chat(who.accountId, who.address) },
      { label: m.tray_call(), click: () => actions.call(who.accountId, who.address) },
    ],
  };
}

function callItem(state: CoreState, call: Call, actions: TrayActions): MenuItemConstructorOptions {
  const name = nameOf(state, call.peer, call.peerDisplayName);
  const rings = isRinging(call);
  const label = plain(m.tray_running_call({ name, state: rings ? m.tray_call_rings() : callStateWords(call) }));
  if (rings) {
    return {
      label,
      submenu: [
        { label: m.tray_answer(), click: () => actions.accept(call.id) },
        { label: m.tray_decline(), click: () => actions.decline(call.id) },
      ],
    };
  }
  const talks = call.state === 'active';
  return {
    label,
    submenu: [
      { label: m.tray_show_call(), click: () => actions.showCall(call.id) },
      { label: m.tray_mute(), type: 'checkbox', checked: call.muted, click: () => actions.toggleMuted(call.id) },
      {
        label: m.tray_hold(),
        type: 'checkbox',
        checked: call.heldByUs,
        enabled: talks && !call.renegotiating,
        click: () => actions.toggleHeld(call.id),
      },
      { label: m.tray_end(), click: () => actions.end(call.id) },
    ],
  };
}

export function trayMenu(state: CoreState, actions: TrayActions): MenuItemConstructorOptions[] {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const own = state.own?.status ?? 'available';
  const note = state.own?.note.trim() ?? '';
  const liked = favourites(state);
  const others = recent(state, liked);
  const unread = unreadCount(state);
  const missed = state.unseenMissedCount;
  const voicemail = [...state.voicemail.values()].reduce((sum, box) => sum + box.newCount, 0);
  const hasAccount = state.accounts.size > 0;

  const template: MenuItemConstructorOptions[] = [{ label: m.tray_open(), click: () => actions.openMain() }, separator];
  for (const call of [...state.calls.values()].sort((a, b) => a.startedAtMs - b.startedAtMs)) template.push(callItem(state, call, actions));
  if (state.calls.size > 0) template.push(separator);
  if (unread > 0) template.push({ label: m.tray_unread({ count: unread }), click: () => actions.openChats() });
  if (missed > 0) template.push({ label: m.tray_missed({ count: missed }), click: () => actions.openCalls() });
  if (voicemail > 0) template.push({ label: m.tray_voicemail({ count: voicemail }), click: () => actions.openCalls() });
  if (unread + missed + voicemail > 0) template.push(separator);
  if (hasAccount) {
    template.push(
      {
        label: plain(m.tray_status({ status: statusWords(own) })),
        submenu: OwnStatus.options.map((status) => ({
          label: statusWords(status),
          type: 'radio' as const,
          checked: status === own,
          click: () => actions.setStatus(status),
        })),
      },
      { label: note === '' ? m.tray_note_add() : plain(m.tray_note({ note: note.slice(0, 60) })), click: () => actions.editNote() },
      {
        label: statusWords('do-not-disturb'),
        type: 'checkbox',
        checked: own === 'do-not-disturb',
        click: () => actions.toggleDoNotDisturb(),
      },
      separator,
      { label: m.tray_dial(), click: () => actions.dial() },
    );
    if (liked.length > 0) template.push({ label: m.tray_favourites(), submenu: liked.map((who) => somebodyItem(state, who, actions)) });
    if (others.length > 0) template.push({ label: m.tray_recent(), submenu: others.map((who) => somebodyItem(state, who, actions)) });
    template.push(separator);
  }
  template.push({ label: m.tray_quit(), click: () => actions.quit() });
  return template;
}
