/** A user agent whose outcomes the test gives, one by one. */
import type {
  MessageOutcome,
  OutgoingMessage,
  PublicationOutcome,
  PublicationRequest,
  Session,
  SessionEvents,
  SessionRequest,
  SubscriptionEvents,
  SubscriptionRequest,
  UserAgent,
} from '../../main/ports/sip-stack.ts';

export interface FakeUserAgent extends UserAgent {
  readonly sent: { message: OutgoingMessage; settle: (outcome: MessageOutcome) => Promise<void> }[];
  readonly published: { request: PublicationRequest; settle: (outcome: PublicationOutcome) => Promise<void> }[];
  readonly subscriptions: { request: SubscriptionRequest; events: SubscriptionEvents; ended: boolean }[];
  readonly sessions: { request: SessionRequest; events: SessionEvents; asked: string[] }[];
  readonly asked: string[];
}

/** Lets what waits for a settled promise run. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 5; turns += 1) await Promise.resolve();
}

export function fakeSession(asked: string[]): Session {
  const note = (what: string) => () => {
    asked.push(what);
  };
  return {
    accept: (video) => asked.push(`accept ${video}`),
    reject: (status) => asked.push(`reject ${status}`),
    end: note('end'),
    hold: note('hold'),
    resume: note('resume'),
    setCamera: (on) => asked.push(`camera ${on}`),
    setMuted: (muted) => asked.push(`muted ${muted}`),
    setCameraOff: (off) => asked.push(`camera off ${off}`),
    sendDtmf: (tones) => asked.push(`dtmf ${tones}`),
  };
}

export function createFakeUserAgent(): FakeUserAgent {
  const agent: FakeUserAgent = {
    sent: [],
    published: [],
    subscriptions: [],
    sessions: [],
    asked: [],
    attempt: () => agent.asked.push('attempt'),
    reconnect: () => agent.asked.push('reconnect'),
    unregister: () => {
      agent.asked.push('unregister');
      return Promise.resolve();
    },
    close: () => {
      agent.asked.push('close');
      return Promise.resolve();
    },
    sendMessage: (message) =>
      new Promise((resolve) => {
        agent.sent.push({
          message,
          settle: (outcome) => {
            resolve(outcome);
            return settled();
          },
        });
      }),
    publish: (request) =>
      new Promise((resolve) => {
        agent.published.push({
          request,
          settle: (outcome) => {
            resolve(outcome);
            return settled();
          },
        });
      }),
    subscribe(request, events) {
      const entry = { request, events, ended: false };
      agent.subscriptions.push(entry);
      return {
        end: () => {
          entry.ended = true;
        },
      };
    },
    placeCall(request, events) {
      const asked: string[] = [];
      agent.sessions.push({ request, events, asked });
      return fakeSession(asked);
    },
  };
  return agent;
}
