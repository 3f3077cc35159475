/** One PUBLISH (RFC 3903): what to publish and when is decided above. */
import type UA from 'jssip/lib/UA.js';
import type { PublicationOutcome, PublicationRequest } from '../../ports/sip-stack.ts';
import { failureOfResponse, OFFLINE } from '../failure-mapping.ts';
import { failureOfOutcome, sendRequest } from '../requests/request.ts';

export async function publish(userAgent: UA, publication: PublicationRequest): Promise<PublicationOutcome> {
  if (!userAgent.transport.isConnected()) return { kind: 'failed', failure: OFFLINE };
  const { event, expiresSeconds, entityTag, contentType, body } = publication;
  const outcome = await sendRequest(userAgent, 'PUBLISH', userAgent.configuration.uri, {
    headers: [
      `Event: ${event}`,
      `Expires: ${expiresSeconds}`,
      ...(entityTag === null ? [] : [`SIP-If-Match: ${entityTag}`]),
      ...(contentType === null || body === null ? [] : [`Content-Type: ${contentType}`]),
    ],
    body,
  });
  if (outcome.kind !== 'response') return { kind: 'failed', failure: failureOfOutcome(outcome) };
  const { response } = outcome;
  const { status_code: status } = response;
  // RFC 3903 §4.1: 412, the entity-tag is unknown.
  if (status === 412) return { kind: 'unknown-entity-tag' };
  const minExpiresSeconds = Number.parseInt(response.getHeader('min-expires') ?? '', 10);
  if (status === 423 && minExpiresSeconds > 0) return { kind: 'interval-too-brief', minExpiresSeconds };
  if (status > 299) return { kind: 'failed', failure: failureOfResponse(response) };
  const granted = Number.parseInt(response.getHeader('expires') ?? '', 10);
  // RFC 3903 §6: both headers are owed; a server without them is taken at what was asked.
  return {
    kind: 'published',
    entityTag: response.getHeader('sip-etag')?.trim() ?? entityTag ?? '',
    expiresSeconds: granted >= 0 ? granted : expiresSeconds,
  };
}
