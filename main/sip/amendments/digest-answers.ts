/**
 * JsSIP knows MD5 alone, sees the last of several challenges, answers one challenge a request, and swaps the
 * password for the hash of the first realm it met. Here: every realm that asks, by the strongest algorithm it
 * offers, 401 and 407 in any order, a stale nonce again (RFC 7616 §3.3, RFC 8760 §2.4, RFC 3261 §22.3). Only realms of
 * our own server are answered, and none by less than it offered before.
 */
import { randomBytes } from 'node:crypto';
import RequestSender from 'jssip/lib/RequestSender.js';
import type { IncomingResponse } from 'jssip/lib/SIPMessage.js';
import { authorization, parseChallenges, preferredChallenges, type Challenge } from '../wire/digest.ts';
import { CHALLENGE_HEADERS } from '../wire/tolerance.ts';
import { once } from './amendment.ts';
import { Realms } from './realms.ts';

interface Answer {
  readonly header: 'authorization' | 'proxy-authorization';
  readonly challenge: Challenge;
  nonceCount: number;
}

/** A chain of proxies may ask one after the other; a loop may not. */
const MOST_ROUNDS = 6;
const MOST_STALE = 2;

interface Progress {
  readonly answers: Map<string, Answer>;
  rounds: number;
  stale: number;
}

const progresses = new WeakMap<RequestSender, Progress>();

const realmsByAgent = new WeakMap<RequestSender['_ua'], Realms>();

function realmsOf(userAgent: RequestSender['_ua']): Realms {
  const known = realmsByAgent.get(userAgent) ?? new Realms(userAgent.configuration.uri.host);
  realmsByAgent.set(userAgent, known);
  return known;
}

export function amendDigestAnswers(): void {
  once('digest-answers', () => {
    RequestSender.prototype._receiveResponse = function (this: RequestSender, response) {
      if (!answered(this, response)) this._eventHandlers.onReceiveResponse(response);
    };
  });
}

/** Repeats the request with credentials; false where that is of no use. */
function answered(sender: RequestSender, response: IncomingResponse): boolean {
  const { status_code: status } = response;
  const { password, authorization_user: username } = sender._ua.configuration;
  if ((status !== 401 && status !== 407) || password === null || password === '') return false;
  const header = status === 401 ? 'authorization' : 'proxy-authorization';
  const plain = status === 401 ? 'www-authenticate' : 'proxy-authenticate';
  const offered = parseChallenges([...response.getHeaders(CHALLENGE_HEADERS[status]), ...response.getHeaders(plain)]);
  const realms = realmsOf(sender._ua);
  const challenges = preferredChallenges(offered).filter((challenge) => realms.mayAnswer(challenge, sender._request.method, header));
  if (challenges.length === 0) return false;

  const progress = progresses.get(sender) ?? { answers: new Map<string, Answer>(), rounds: 0, stale: 0 };
  progresses.set(sender, progress);
  progress.rounds += 1;
  if (progress.rounds > MOST_ROUNDS) return false;
  for (const challenge of challenges) {
    const key = `${header} ${challenge.realm}`;
    if (progress.answers.has(key)) {
      // RFC 7616 §3.3: only a stale nonce makes the same credentials worth another try.
      if (!challenge.stale || progress.stale >= MOST_STALE) return false;
      progress.stale += 1;
    }
    progress.answers.set(key, { header, challenge, nonceCount: 0 });
  }

  const request = sender._request.clone();
  request.cseq += 1;
  request.setHeader('cseq', `${request.cseq} ${request.method}`);
  const about = { method: request.method, uri: request.ruri.toString(), body: request.body ?? '' };
  for (const name of ['authorization', 'proxy-authorization'] as const) {
    const values: string[] = [];
    for (const answer of progress.answers.values()) {
      if (answer.header !== name) continue;
      answer.nonceCount += 1;
      const value = authorization(answer.challenge, { username, password }, about, answer.nonceCount, randomBytes(8).toString('hex'));
      if (value !== null) values.push(value);
    }
    if (values.length > 0) request.setHeader(name, values);
  }
  sender._request = request;
  sender._eventHandlers.onAuthenticated(request);
  sender.send();
  return true;
}
