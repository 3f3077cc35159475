/** The practice exchange as a port, loaded only when somebody wants it: its WebRTC engine is large. */
import type { AccountSettings } from '../common/model/account.ts';
import type { AddressOfRecord } from '../common/model/address-of-record.ts';
import type { Logger } from './ports/logger.ts';
import type { PracticeExchange } from './ports/practice-exchange.ts';

interface Running {
  readonly port: number;
  readonly password: string;
  close(): Promise<void>;
}

export function createLazyPractice(logger: Logger): PracticeExchange {
  let running: Running | null = null;
  return {
    async start() {
      const { startPracticeExchange, PRACTICE_DOMAIN, PRACTICE_USER, colleagues } = await import('../practice/exchange.ts');
      running ??= await startPracticeExchange((what) => {
        logger.warn('practice exchange', { what });
      });
      const settings: AccountSettings = {
        addressOfRecord: `sip:${PRACTICE_USER}@${PRACTICE_DOMAIN}` as AddressOfRecord,
        displayName: 'Me',
        authenticationName: null,
        transport: 'ws',
        server: '127.0.0.1',
        port: running.port,
        webSocketPath: '/',
        outboundProxy: null,
        iceServers: [],
        dtmf: 'rfc4733',
        mediaEncryption: 'automatic',
        assertedIdentity: 'from-own-server',
        certificateAuthorityFile: null,
        region: null,
        expiresSeconds: 600,
        enabled: true,
      };
      return {
        settings,
        password: running.password,
        colleagues: colleagues.map(({ name, user }) => ({
          name,
          addresses: [{ address: `sip:${user}@${PRACTICE_DOMAIN}` as AddressOfRecord, label: '' }],
          favourite: false,
        })),
      };
    },
    async stop() {
      const stopping = running;
      running = null;
      await stopping?.close();
    },
  };
}
