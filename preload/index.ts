/**
 * The preload: one Transport on `window`, nothing else. It runs sandboxed; the page sees four functions and
 * never Electron.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { Transport } from '../common/transport/transport.ts';

const CHANNEL = 'contract';

let onMessage: (message: unknown) => void = () => undefined;
let onClose: () => void = () => undefined;
let closed = false;

ipcRenderer.on(CHANNEL, (_event, message: unknown) => {
  if (!closed) onMessage(message);
});
ipcRenderer.on(`${CHANNEL}-closed`, () => {
  if (closed) return;
  closed = true;
  onClose();
});

const transport: Transport = {
  send(message) {
    if (!closed) ipcRenderer.send(CHANNEL, message);
  },
  onMessage(listener) {
    onMessage = listener;
  },
  onClose(listener) {
    onClose = listener;
  },
  close() {
    if (closed) return;
    closed = true;
    ipcRenderer.send(`${CHANNEL}-close`);
  },
};

contextBridge.exposeInMainWorld('transport', transport);
