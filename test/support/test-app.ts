/** The whole core over a store of its own and user agents that the test speaks for. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AccountId } from '../../common/model/ids.ts';
import type { AppAdapters } from '../../main/app/adapters.ts';
import { createApp, type App } from '../../main/app/app.ts';
import { openHistoryStore } from '../../main/history/open-history-store.ts';
import { nodeHostCapabilities } from '../../main/hosts/node/node-host.ts';
import type { MediaPeer } from '../../main/ports/media-peer.ts';
import type { SipAccount, UserAgentEvents } from '../../main/ports/sip-stack.ts';
import { noPageSessions } from '../../main/system/no-page-sessions.ts';
import { systemClock } from '../../main/system/system-clock.ts';
import { systemRandom } from '../../main/system/system-random.ts';
import { noAlerts, noDesktop } from '../../main/hosts/node/no-desktop.ts';
import { createMemoryVault } from './memory-vault.ts';
import { createFakeUserAgent, type FakeUserAgent } from './fake-user-agent.ts';
import { createKeptLogger, type KeptLogger } from './kept-logger.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { testAccountSettings } from './test-account.ts';

export interface OpenedAccount {
  readonly account: SipAccount;
  readonly events: UserAgentEvents;
  readonly userAgent: FakeUserAgent;
}

export interface TestApp {
  readonly app: App;
  readonly folder: string;
  readonly logger: KeptLogger;
  readonly opened: Map<AccountId, OpenedAccount>;
  readonly mediaPeer: () => MediaPeer;
  readonly practiceStops: () => number;
}

/** Ports of the host that a test speaks for; without them there is no desktop, as in the Node host. */
export type HostParts = Partial<Pick<AppAdapters, 'alerts' | 'desktop' | 'secrets' | 'pageSessions'>> & {
  /** The test does not wait for the start, as a page that is quick does not. */
  readonly startsLater?: boolean;
};

export async function startTestApp(folder = temporaryFolder(), parts: HostParts = {}): Promise<TestApp> {
  const opened = new Map<AccountId, OpenedAccount>();
  const logger = createKeptLogger();
  let mediaPeer: MediaPeer | null = null;
  let practiceStops = 0;
  const app = createApp({
    store: openHistoryStore(join(folder, 'history.sqlite'), systemClock),
    secrets: parts.secrets ?? createMemoryVault(),
    sipStack: (peer) => {
      mediaPeer = peer;
      return {
        open(account, events) {
          const fake = createFakeUserAgent();
          const userAgent: FakeUserAgent = {
            ...fake,
            // A server without presence that says so at once: the end of a test waits for no answer.
            publish(request) {
              void fake.publish(request);
              return Promise.resolve({ kind: 'failed', failure: { code: 'refused', status: 489 } });
            },
          };
          opened.set(account.id, { account, events, userAgent });
          return userAgent;
        },
      };
    },
    practice: {
      start: () =>
        Promise.resolve({
          settings: testAccountSettings('sip:me@practice.invalid', { transport: 'ws' }),
          password: 'practice password',
          colleagues: [
            {
              name: 'Echo',
              addresses: [{ address: testAccountSettings('sip:echo@practice.invalid').addressOfRecord, label: '' }],
              favourite: false,
            },
          ],
        }),
      stop: () => {
        practiceStops += 1;
        return Promise.resolve();
      },
    },
    clock: systemClock,
    random: systemRandom,
    logger,
    windows: { openMain: () => false, openCall: () => false, openDial: () => false, showCard: () => undefined },
    alerts: parts.alerts ?? noAlerts,
    desktop: parts.desktop ?? noDesktop,
    pageSessions: parts.pageSessions ?? noPageSessions,
    version: '0.0.0',
    // A program of the test answers calls.
    capabilities: { ...nodeHostCapabilities, incomingCard: true },
  });
  const started = app.start();
  if (parts.startsLater !== true) await started;
  let stopped = false;
  onTestFinished(async () => {
    if (!stopped) await app.stop();
    stopped = true;
  });
  return {
    app: {
      ...app,
      stop: async () => {
        stopped = true;
        await app.stop();
      },
    },
    folder,
    logger,
    opened,
    mediaPeer: () => mediaPeer!,
    practiceStops: () => practiceStops,
  };
}
