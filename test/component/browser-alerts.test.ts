import { beforeEach, expect, onTestFinished, test } from 'vitest';
import MainWindow from '../../renderer/windows/MainWindow.svelte';
import type { Alert } from '../../common/model/alert.ts';
import { FakeHost } from '../support/fake-host.ts';
import { account, conversation } from '../support/samples.ts';
import { show, storesOf } from './setup.ts';

/** The browser's notifications, as far as a page sees them. */
class FakeNotification {
  static permission: NotificationPermission = 'granted';
  static answer: NotificationPermission = 'granted';
  static shown: FakeNotification[] = [];
  static requestPermission(): Promise<NotificationPermission> {
    FakeNotification.permission = FakeNotification.answer;
    return Promise.resolve(FakeNotification.permission);
  }
  onclick: (() => void) | null = null;
  onclose: (() => void) | null = null;
  readonly title: string;
  readonly options: NotificationOptions;
  constructor(title: string, options: NotificationOptions) {
    this.title = title;
    this.options = options;
    FakeNotification.shown.push(this);
  }
  close(): void {
    FakeNotification.shown = FakeNotification.shown.filter((each) => each !== this);
    this.onclose?.();
  }
}

beforeEach(() => {
  const real = window.Notification;
  window.Notification = FakeNotification as unknown as typeof Notification;
  Object.assign(FakeNotification, { permission: 'granted', answer: 'granted', shown: [] });
  localStorage.removeItem('ahoy.alerts-declined');
  onTestFinished(() => {
    window.Notification = real;
    localStorage.removeItem('ahoy.alerts-declined');
  });
});

const talk = conversation('bob@example.org');
const written: Alert = { kind: 'message', conversationId: talk.id, name: 'Bob', text: 'hello', count: 1 };

async function page(alerts: FakeHost['host']['capabilities']['alerts'] = 'page') {
  const host = new FakeHost();
  host.host = { ...host.host, capabilities: { ...host.host.capabilities, alerts } };
  host.accounts = [account()];
  host.conversations = [talk];
  const stores = await storesOf(host);
  const screen = await show(stores, MainWindow, { stores });
  await expect.poll(() => stores.host.capabilities.alerts).toBe(alerts);
  const said = (): string[] => FakeNotification.shown.map(({ title, options }) => `${title}: ${options.body ?? ''}`);
  return { host, stores, screen, said };
}

test('what the core alerts is shown by the browser, one for each key, and goes when it is settled', async () => {
  const { host, said } = await page();
  host.publish('alerts.shown', { key: 'a', alert: written });
  host.publish('alerts.shown', { key: 'a', alert: { ...written, text: 'again', count: 2 } });
  await expect.poll(said).toEqual(['Bob · 2 new: again']);
  host.publish('alerts.removed', { key: 'a' });
  await expect.poll(said).toEqual([]);
});

test('a click shows what it is about', async () => {
  const { host, stores, said } = await page();
  host.publish('alerts.shown', { key: 'a', alert: written });
  await expect.poll(said).toEqual(['Bob: hello']);
  FakeNotification.shown[0]!.onclick!();
  expect([stores.navigation.section, stores.navigation.conversationId, said()]).toEqual(['chats', talk.id, []]);
});

test('what was settled while the host was away goes when it is back', async () => {
  const { host, said } = await page();
  host.publish('alerts.shown', { key: 'a', alert: written });
  await expect.poll(said).toEqual(['Bob: hello']);
  host.dropConnections();
  await expect.poll(said).toEqual([]);
});

test('the browser is asked after a click, once; who wants none is not asked again', async () => {
  FakeNotification.permission = 'default';
  const first = await page();
  first.host.publish('alerts.shown', { key: 'a', alert: written });
  await first.screen.getByRole('button', { name: 'Not now' }).click();
  await expect.element(first.screen.getByText('Show an alert when')).not.toBeInTheDocument();
  expect(first.said()).toEqual([]);
  await first.screen.unmount();

  localStorage.removeItem('ahoy.alerts-declined');
  const second = await page();
  await second.screen.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect.element(second.screen.getByText('Show an alert when')).not.toBeInTheDocument();
  second.host.publish('alerts.shown', { key: 'a', alert: written });
  await expect.poll(second.said).toEqual(['Bob: hello']);
});

test('a host with alerts of its own is left to show them', async () => {
  const { host, stores, said } = await page('buttons');
  host.publish('alerts.shown', { key: 'a', alert: written });
  host.publish('messaging.conversationRemoved', { conversationId: talk.id });
  // Events come in order.
  await expect.poll(() => stores.messaging.conversations.length).toBe(0);
  expect(said()).toEqual([]);
});
