/** ipcMain: an emitter, as in Electron. */
import { EventEmitter } from 'node:events';

export const ipcMain = new EventEmitter();
