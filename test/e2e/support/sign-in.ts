/** Signs in by the first sheet, as a person does. */
import { expect, type Page } from '@playwright/test';
import type { TransportKind } from '../../../common/model/account.ts';
import type { Kamailio } from '../../support/kamailio.ts';

const TRANSPORT_NAMES: Readonly<Record<TransportKind, string>> = {
  udp: 'UDP',
  tcp: 'TCP',
  tls: 'TLS',
  ws: 'WebSocket',
  wss: 'WebSocket over TLS',
};

export interface SignInOptions {
  readonly transport?: TransportKind;
  readonly tonesByInfo?: boolean;
  readonly password?: string;
}

export async function fillSignIn(page: Page, user: string, server: Kamailio, options: SignInOptions = {}): Promise<void> {
  const transport = options.transport ?? 'ws';
  await page.getByLabel('Address', { exact: true }).fill(`${user}@${server.domain}`);
  await page.getByLabel('Password', { exact: true }).fill(options.password ?? server.password);
  await page.getByText('Advanced', { exact: true }).click();
  await page.getByLabel('Transport').selectOption({ label: TRANSPORT_NAMES[transport] });
  await page.getByLabel('Server', { exact: true }).fill('127.0.0.1');
  await page.getByLabel('Port', { exact: true }).fill(String(server.ports[transport]));
  if (transport === 'tls' || transport === 'wss') await page.getByLabel('Certificate authority file').fill(server.certificateFile);
  if (options.tonesByInfo === true) {
    const toggle = page.getByRole('switch', { name: 'Send keypad tones by INFO' });
    await toggle.click();
    await expect(toggle).toBeChecked();
  }
}

/** Resolves when the account is registered and the sheet is gone. */
export async function signIn(page: Page, user: string, server: Kamailio, options: SignInOptions = {}): Promise<void> {
  await fillSignIn(page, user, server, options);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeHidden();
  await expect(page.getByText('No chats yet').or(page.locator('button[data-row]').first())).toBeVisible();
}
