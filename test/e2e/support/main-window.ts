/** The main window as a person reads it. */
import { expect, type Locator, type Page } from '@playwright/test';

export function conversationList(page: Page): Locator {
  return page
    .getByRole('list', { name: 'Chats' })
    .or(page.getByLabel('Chats', { exact: true }))
    .first();
}

/** Opens the conversation that the list shows under this name. */
export async function openChat(page: Page, name: string): Promise<void> {
  await page.locator('button[data-row]', { hasText: name }).first().click();
  await expect(composer(page)).toBeVisible();
}

/** Starts a conversation with an address by the search field. */
export async function startChat(page: Page, address: string): Promise<void> {
  await page.getByRole('searchbox').or(page.getByPlaceholder('Search')).first().fill(address);
  await page.locator('button[data-row]', { hasText: 'Chat with' }).first().click();
  await expect(composer(page)).toBeVisible();
}

export function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Message' });
}

export async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
  await expect(composer(page)).toHaveValue('');
}

/** The message of this text in this state. */
export function bubble(page: Page, text: string, state: string): Locator {
  return page.locator(`[data-message-state=${state}]`, { hasText: text });
}
