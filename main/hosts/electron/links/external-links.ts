/**
 * What happens to a link in one of our pages. Web pages over https and mail addresses are opened by the system's
 * programs, an unknown host only after a question; tel: and sip: become a wish; everything else is dropped.
 */
import { BrowserWindow, clipboard, dialog, shell, type MessageBoxOptions, type WebContents } from 'electron';
import { m } from '../../../../common/text/generated/messages.js';
import type { Logger } from '../../../ports/logger.ts';
import { safeMailLink } from './mail-link.ts';

export interface ExternalLinksHooks {
  isTrusted(host: string): boolean;
  trust(host: string): void;
  /** A tel:, sip: or sips: link. */
  wished(url: string): void;
}

const LONGEST_SHOWN = 300;
const QUIET_MS = 1_500;

export function createExternalLinks(hooks: ExternalLinksHooks, logger: Logger): (text: string, from: WebContents) => void {
  /** One question at a time, and none right behind a refusal: a page that asks in a loop gets no pile of them. */
  let isAsking = false;
  let quietUntilMs = 0;

  async function ask(
    from: WebContents,
    options: MessageBoxOptions,
  ): Promise<{ readonly response: number; readonly checkboxChecked: boolean }> {
    const window = BrowserWindow.fromWebContents(from);
    return window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options);
  }

  async function openPage(url: URL, from: WebContents): Promise<void> {
    if (!hooks.isTrusted(url.host)) {
      const { response, checkboxChecked } = await ask(from, {
        type: 'question',
        message: m.link_open_question({ host: url.host }),
        detail: url.href.slice(0, LONGEST_SHOWN),
        buttons: [m.link_open(), m.cancel()],
        defaultId: 0,
        cancelId: 1,
        noLink: true,
        checkboxLabel: m.link_trust({ host: url.host }),
      });
      if (response !== 0) {
        quietUntilMs = Date.now() + QUIET_MS;
        return;
      }
      if (checkboxChecked) hooks.trust(url.host);
    }
    await shell.openExternal(url.href);
  }

  /** Not encrypted: Ahoy does not open it, but nobody shall wonder why nothing happened. */
  async function offerToCopy(url: URL, from: WebContents): Promise<void> {
    const { response } = await ask(from, {
      type: 'warning',
      message: m.link_not_encrypted(),
      detail: url.href.slice(0, LONGEST_SHOWN),
      buttons: [m.link_copy(), m.cancel()],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    if (response === 0) await clipboard.writeText(url.href);
  }

  async function handle(text: string, from: WebContents): Promise<void> {
    if (!URL.canParse(text)) return;
    const url = new URL(text);
    switch (url.protocol) {
      case 'https:':
        await openPage(url, from);
        return;
      case 'http:':
        await offerToCopy(url, from);
        return;
      case 'mailto:': {
        const link = safeMailLink(url.href);
        if (link !== null) await shell.openExternal(link);
        return;
      }
      case 'tel:':
      case 'sip:':
      case 'sips:':
        hooks.wished(text);
        return;
      default:
        logger.warn('a link of a kind that is not opened', { scheme: url.protocol });
    }
  }

  return (text, from) => {
    if (isAsking || Date.now() < quietUntilMs) return;
    isAsking = true;
    void handle(text, from)
      .catch((error: unknown) => {
        logger.warn('a link could not be opened', { error: String(error) });
      })
      .finally(() => {
        isAsking = false;
      });
  };
}
