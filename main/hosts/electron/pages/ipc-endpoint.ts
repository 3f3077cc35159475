/**
 * The contract over IPC: one client a page. Only the main frame of our own origin is heard; a page that is
 * reloaded, crashes or goes away loses its transport, and with it the media of its calls.
 */
import { ipcMain, type IpcMainEvent, type WebContents } from 'electron';
import type { ClientKind } from '../../../../common/contract/grants.ts';
import type { Transport } from '../../../../common/transport/transport.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { ReportDefect } from '../../../system/defects.ts';
import { ORIGIN } from './pages-protocol.ts';

const CHANNEL = 'contract';

/** As the Node host's largest frame, counted in characters and members. */
const LARGEST_MESSAGE = 1024 * 1024;

/** Whether a message weighs more than the limit; looks no further than it has to. */
function isLargerThan(message: unknown, limit: number): boolean {
  let weight = 0;
  const waiting: unknown[] = [message];
  while (waiting.length > 0 && weight <= limit) {
    const part = waiting.pop();
    weight += typeof part === 'string' ? part.length : 1;
    if (part !== null && typeof part === 'object') {
      for (const [name, value] of Object.entries(part)) {
        weight += name.length;
        waiting.push(value);
        if (weight > limit) return true;
      }
    }
  }
  return weight > limit;
}

interface Client {
  receive: (message: unknown) => void;
  end: () => void;
}

const KINDS: Readonly<Record<string, ClientKind>> = { '/call.html': 'call', '/incoming.html': 'incoming', '/dial.html': 'dial' };

function kindOf(url: string): ClientKind {
  return (URL.canParse(url) ? KINDS[new URL(url).pathname] : undefined) ?? 'main';
}

function isOurs(event: IpcMainEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && frame.origin === ORIGIN;
}

export function serveContract(connect: (transport: Transport, kind: ClientKind) => void, logger: Logger, report: ReportDefect): void {
  const clients = new Map<WebContents, Client>();

  function open(contents: WebContents, url: string): Client {
    let onMessage: (message: unknown) => void = () => undefined;
    let onClose: () => void = () => undefined;
    const end = (): void => {
      if (clients.get(contents) !== client) return;
      clients.delete(contents);
      contents.off('destroyed', end);
      contents.off('render-process-gone', end);
      contents.off('did-navigate', end);
      onClose();
    };
    const client: Client = {
      receive: (message) => {
        onMessage(message);
      },
      end,
    };
    clients.set(contents, client);
    contents.on('destroyed', end);
    contents.on('render-process-gone', end);
    contents.on('did-navigate', end);
    connect(
      {
        send: (message) => {
          if (!contents.isDestroyed()) contents.send(CHANNEL, message);
        },
        onMessage: (listener) => {
          onMessage = listener;
        },
        onClose: (listener) => {
          onClose = listener;
        },
        close: () => {
          if (!contents.isDestroyed()) contents.send(`${CHANNEL}-closed`);
          end();
        },
      },
      kindOf(url),
    );
    return client;
  }

  ipcMain.on(CHANNEL, (event, message: unknown) => {
    if (!isOurs(event)) {
      logger.warn('a message from a foreign frame was dropped');
      return;
    }
    if (message === null || typeof message !== 'object') return;
    if (isLargerThan(message, LARGEST_MESSAGE)) {
      logger.warn('a message was too large and dropped');
      return;
    }
    try {
      (clients.get(event.sender) ?? open(event.sender, event.senderFrame?.url ?? ORIGIN)).receive(message);
    } catch (error) {
      report('a message of the contract', error);
    }
  });
  ipcMain.on(`${CHANNEL}-close`, (event) => {
    if (isOurs(event)) clients.get(event.sender)?.end();
  });
}
