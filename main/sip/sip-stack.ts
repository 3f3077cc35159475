/** Port `SipStack` over JsSIP: what the room gives to the outside. */
import type { Failure } from '../../common/model/failure.ts';
import type { SipStack, UserAgent, UserAgentEvents } from '../ports/sip-stack.ts';
import { amendJsSip } from './amendments/all.ts';
import { openSocket } from './sockets/open-socket.ts';
import type { SipStackAdapters, SipStackContext } from './stack-context.ts';
import { DEFAULT_TIMES } from './times.ts';
import { SipUserAgent } from './user-agent.ts';

export type { SipStackAdapters } from './stack-context.ts';

export function createSipStack(adapters: SipStackAdapters): SipStack {
  amendJsSip();
  const context: SipStackContext = {
    ...adapters,
    times: { ...DEFAULT_TIMES, ...adapters.times },
    openSocket: adapters.openSocket ?? openSocket,
  };
  return {
    open(account, events) {
      try {
        return new SipUserAgent(account, events, context);
      } catch (error) {
        // JsSIP's grammar is narrower than our schema here and there; an account it does not read must not end the start.
        context.logger.error('an account could not be opened', { account: account.id, error: String(error) });
        return unusable({ code: 'settings-unusable', detail: String(error).slice(0, 200) }, events);
      }
    },
  };
}

function unusable(failure: Failure, events: UserAgentEvents): UserAgent {
  const fail = (): void => {
    queueMicrotask(() => events.registrationFailed(failure, null));
  };
  const nothing = (): void => undefined;
  return {
    attempt: fail,
    reconnect: fail,
    unregister: () => Promise.resolve(),
    close: () => Promise.resolve(),
    sendMessage: () => Promise.resolve({ kind: 'refused', failure }),
    publish: () => Promise.resolve({ kind: 'failed', failure }),
    subscribe(_, subscriptionEvents) {
      queueMicrotask(() => subscriptionEvents.terminated(failure, null));
      return { end: nothing };
    },
    placeCall(_, sessionEvents) {
      queueMicrotask(() => sessionEvents.ended(failure, false));
      return {
        accept: nothing,
        reject: nothing,
        end: nothing,
        hold: nothing,
        resume: nothing,
        setCamera: nothing,
        setMuted: nothing,
        setCameraOff: nothing,
        sendDtmf: nothing,
      };
    },
  };
}
