/** What the preload sends, on its way to ipcMain, with the frame that it comes from. */
import { plainEvent } from './event.ts';
import { ipcMain } from './ipc-main.ts';
import type { WebContents, WebFrame } from './web-contents.ts';
import type { FromPreload } from './worlds.ts';

export function receiveIpc(
  contents: WebContents,
  senderFrame: WebFrame,
  message: Exclude<FromPreload, { kind: 'failed' }>,
  answer: (answer: object) => void,
): void {
  const { channel, args } = message;
  const frameId = senderFrame === contents.mainFrame ? 1 : 2;
  const event = { ...plainEvent(), type: 'frame', sender: contents, senderFrame, processId: 0, frameId, ports: [] };
  if (message.kind === 'send') {
    contents.emit('ipc-message', event, channel, ...args);
    ipcMain.emit(channel, { ...event, reply: (to: string, ...more: unknown[]) => contents.send(to, ...more) }, ...args);
    return;
  }
  const { id } = message;
  ipcMain.standInInvoke(channel, event, args).then(
    (value) => answer({ kind: 'answer', id, value }),
    (error: unknown) => {
      const reason = error instanceof Error ? String(error) : 'Error';
      answer({ kind: 'answer', id, error: `Error invoking remote method '${channel}': ${reason}` });
    },
  );
}
