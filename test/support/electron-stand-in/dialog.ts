/** dialog: what waits for an answer, and the answer that a test gives. */
import type {
  Dialog,
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron';
import type { BrowserWindow } from './browser-window.ts';
import { requireReady } from './lifecycle.ts';
import { record } from './record.ts';
import { strict } from './strict.ts';

/** A button's index, the chosen paths, or null for Escape. */
export type DialogAnswer = number | readonly string[] | null;

export interface WaitingDialog {
  readonly kind: 'message' | 'open' | 'save';
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
  readonly windowId: number | null;
}

const waiting: { readonly shown: WaitingDialog; readonly answer: (given: DialogAnswer) => void }[] = [];

export const waitingDialogs = (): WaitingDialog[] => waiting.map(({ shown }) => shown);

export function answerDialog(given: DialogAnswer): void {
  const first = waiting[0];
  if (!first) throw new Error('no dialog is waiting');
  first.answer(given);
  waiting.shift();
}

interface Common {
  readonly title?: string;
  readonly message?: string;
  readonly detail?: string;
  readonly buttons?: readonly string[];
}

function ask<Result>(
  kind: WaitingDialog['kind'],
  args: readonly unknown[],
  read: (given: DialogAnswer) => Result,
  signal?: AbortSignal,
): Promise<Result> {
  requireReady('dialog module can only be used after app is ready');
  const hasWindow = args.length > 1;
  const options = (args.at(-1) ?? {}) as Common;
  return new Promise((resolve) => {
    const entry = {
      shown: {
        kind,
        title: options.title ?? '',
        message: options.message ?? '',
        detail: options.detail ?? '',
        buttons: options.buttons ?? [],
        windowId: hasWindow ? ((args[0] as BrowserWindow | undefined)?.id ?? null) : null,
      },
      answer: (given: DialogAnswer) => {
        resolve(read(given));
      },
    };
    waiting.push(entry);
    signal?.addEventListener('abort', () => {
      const at = waiting.indexOf(entry);
      if (at < 0) return;
      waiting.splice(at, 1);
      resolve(read(null));
    });
  });
}

/** The button that Escape means: said, or the first that reads so. */
function cancelId({ cancelId: said, buttons = [] }: MessageBoxOptions): number {
  if (said !== undefined) return said;
  const found = buttons.findIndex((label) => ['cancel', 'no'].includes(label.toLowerCase()));
  return Math.max(found, 0);
}

const isPaths = (given: DialogAnswer): given is readonly string[] => given !== null && typeof given !== 'number';

export const dialog = strict('dialog', {
  showMessageBox(...args: readonly unknown[]): Promise<MessageBoxReturnValue> {
    const options = args.at(-1) as MessageBoxOptions;
    if (typeof options.message !== 'string') throw new TypeError('message must be a string');
    const buttons = options.buttons ?? [];
    return ask(
      'message',
      args,
      (given) => {
        if (isPaths(given) || (given !== null && (given < 0 || given >= Math.max(buttons.length, 1))))
          throw new Error(`this dialog has the buttons ${buttons.join(', ')}`);
        return { response: given ?? cancelId(options), checkboxChecked: options.checkboxChecked ?? false };
      },
      options.signal,
    );
  },
  showErrorBox(title: string, content: string): void {
    record.errorBoxes.push({ title, content });
    process.stderr.write(`stand-in error box: ${title}\n${content}\n`);
  },
  showOpenDialog(...args: readonly [OpenDialogOptions] | readonly unknown[]): Promise<OpenDialogReturnValue> {
    return ask('open', args, (given) => (isPaths(given) ? { canceled: false, filePaths: [...given] } : { canceled: true, filePaths: [] }));
  },
  showSaveDialog(...args: readonly [SaveDialogOptions] | readonly unknown[]): Promise<SaveDialogReturnValue> {
    return ask('save', args, (given) =>
      isPaths(given) ? { canceled: false, filePath: given[0] ?? '' } : { canceled: true, filePath: '' },
    );
  },
} satisfies Partial<Record<keyof Dialog, unknown>>);
