/** Asks the user before something ends a call that is being talked in: the other side would only hear silence. */
import type { BrowserWindow } from 'electron';
import { m } from '../../../../common/text/generated/messages.js';
import { confirm } from './confirm.ts';

export interface EndQuestion {
  /** Whether the window of a call may close. Asked above that window. */
  closeCall(window: BrowserWindow): Promise<boolean>;
  /** Whether Ahoy may quit during a call. */
  quit(): Promise<boolean>;
}

export function createEndQuestion(): EndQuestion {
  /** A second press does not ask a second time. */
  let isAsking = false;

  async function ask(window: BrowserWindow | null, message: string, yes: string): Promise<boolean> {
    if (isAsking) return false;
    isAsking = true;
    try {
      return await confirm({ message, detail: m.end_question_detail(), yes }, window);
    } finally {
      isAsking = false;
    }
  }

  return {
    closeCall: (window) => ask(window, m.end_question_close(), m.end_question_close_yes()),
    quit: () => ask(null, m.end_question_quit(), m.end_question_quit_yes()),
  };
}
