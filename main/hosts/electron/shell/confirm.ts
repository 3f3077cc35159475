/**
 * A yes-or-no question outside every page. Enter and Escape both mean no: a key that was meant for the page decides
 * nothing.
 */
import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import { m } from '../../../../common/text/generated/messages.js';

export interface Question {
  readonly message: string;
  readonly detail: string;
  /** What the button says that does it. */
  readonly yes: string;
}

/** `above`: the window that the question belongs to; null for a box of its own. */
export async function confirm({ message, detail, yes }: Question, above: BrowserWindow | null): Promise<boolean> {
  const options: MessageBoxOptions = {
    type: 'question',
    message,
    detail,
    buttons: [yes, m.cancel()],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  const { response } = await (above ? dialog.showMessageBox(above, options) : dialog.showMessageBox(options));
  return response === 0;
}
