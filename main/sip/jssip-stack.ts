/** The port `SipStack` over JsSIP: what this room offers to the outside. */
import type { SipStack } from '../ports/sip-stack.ts';
import { amendJsSip } from './amendments/all.ts';
import { openSocket } from './sockets/open-socket.ts';
import type { SipStackAdapters, SipStackContext } from './user-agent/stack-context.ts';
import { DEFAULT_TIMES } from './times.ts';
import { SipUserAgent } from './user-agent/user-agent.ts';

export type { SipStackAdapters } from './user-agent/stack-context.ts';

export function createSipStack(adapters: SipStackAdapters): SipStack {
  amendJsSip();
  const context: SipStackContext = {
    ...adapters,
    times: { ...DEFAULT_TIMES, ...adapters.times },
    openSocket: adapters.openSocket ?? openSocket,
  };
  return { open: (account, events) => new SipUserAgent(account, events, context) };
}
