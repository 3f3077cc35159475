import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import Composer from '../../renderer/features/messaging/Composer.svelte';
import { FakeHost } from '../support/fake-host.ts';
import { account, conversation } from '../support/samples.ts';
import { show, storesOf } from './setup.ts';

async function compose(draft = '') {
  const host = new FakeHost();
  const talk = conversation('bob@example.org', { draft });
  host.accounts = [account()];
  host.conversations = [talk];
  const stores = await storesOf(host);
  const screen = await show(stores, Composer, { conversation: talk, name: 'Bob' });
  const field = screen.getByRole('textbox', { name: 'Message' });
  return { host, talk, stores, screen, field };
}

test('Enter sends what was written and empties the field', async () => {
  const { host, talk, field } = await compose();
  await field.fill('  hello Bob ');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => host.askedFor('messaging.send')).toEqual([{ conversationId: talk.id, text: 'hello Bob' }]);
  await expect.element(field).toHaveValue('');
});

test('Shift+Enter breaks the line and sends nothing', async () => {
  const { host, field } = await compose();
  await field.fill('one');
  await userEvent.keyboard('{Shift>}{Enter}{/Shift}two');
  await expect.element(field).toHaveValue('one\ntwo');
  expect(host.askedFor('messaging.send')).toEqual([]);
});

test('the field grows with the text to fifteen lines, and scrolls beyond', async () => {
  await page.viewport(1100, 900);
  const { field } = await compose();
  const lines = async (count: number): Promise<number> => {
    await field.fill(Array.from({ length: count }, (_, index) => `line ${index}`).join('\n'));
    return field.element().getBoundingClientRect().height;
  };
  const [one, fourteen, fifteen, twenty] = [await lines(1), await lines(14), await lines(15), await lines(20)];
  expect([one < fourteen, fourteen < fifteen, fifteen === twenty]).toEqual([true, true, true]);
});

test('Enter belongs to the input method while it composes', async () => {
  const { host, field } = await compose();
  await field.fill('ni');
  const element = field.element();
  element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }));
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => host.askedFor('messaging.send').length).toBe(1);
});

test('a message that was not taken stays in the field, with the reason', async () => {
  const { host, screen, field } = await compose();
  host.failing.set('messaging.send', { code: 'storage-failed' });
  await field.fill('important');
  await screen.getByRole('button', { name: 'Send' }).click();
  await expect.element(screen.getByRole('alert')).toMatchTextContent(/could not be stored/);
  await expect.element(field).toHaveValue('important');
  await expect.poll(() => host.askedFor('messaging.saveDraft').at(-1)).toMatchObject({ draft: 'important' });

  host.failing.clear();
  await screen.getByRole('button', { name: 'Send' }).click();
  await expect.element(field).toHaveValue('');
  await expect.poll(() => host.askedFor('messaging.saveDraft').at(-1)).toMatchObject({ draft: '' });
});

test('a draft is there again, and is saved when the reader leaves', async () => {
  const { host, screen, field } = await compose('half a');
  await expect.element(field).toHaveValue('half a');
  await field.fill('half a thought');
  await screen.unmount();
  await expect.poll(() => host.askedFor('messaging.saveDraft').at(-1)).toMatchObject({ draft: 'half a thought' });
});

test('nothing but spaces cannot be sent', async () => {
  const { host, screen, field } = await compose();
  await field.fill('   ');
  await expect.element(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
  await userEvent.keyboard('{Enter}');
  expect(host.askedFor('messaging.send')).toEqual([]);
});
