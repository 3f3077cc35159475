/**
 * Failures are values with a closed list of codes. The renderer chooses the words; `status` and `detail`
 * are for diagnostics. SIP causes are mapped to these once, in main/sip.
 */
import * as v from 'valibot';

export const failureCodes = [
  // the contract's own
  'invalid-input', // the command's input does not fit its schema
  'unknown-command',
  'not-permitted', // this client may not use this domain
  'not-found', // the account, person, message or call is not there (any more)
  'conflict', // the state does not allow it now
  'not-supported', // this host or this desktop cannot do it
  'settings-unusable', // the account's stored settings do not fit any more; `detail` names them
  'secrets-locked', // passwords cannot be read or kept before a passphrase is typed
  'passphrase-wrong',
  'not-confirmed', // the user was asked and said no, or could not be asked
  'update-not-signed', // what was loaded is not the publisher's
  'update-failed', // not found, not loaded, or not what the list says
  'internal', // a defect; `reportId` names the log line
  'disconnected', // the client lost its host before the answer came
  // transport
  'address-unresolvable', // the server's name is unknown
  'connection-refused',
  'connection-lost',
  'connection-timeout',
  'certificate-refused', // TLS verification failed; `certificate` says whose
  'protocol-error', // what came was not SIP, or too large
  // SIP
  'credentials-refused', // 401 or 407 again after we answered, 403 to REGISTER
  'authentication-unsupported', // no challenge we can answer
  'forbidden', // 403
  'unknown-address', // 404, 604
  'unavailable', // 480, 410
  'busy', // 486, 600
  'declined', // 603
  'cancelled', // 487
  'not-acceptable', // 406, 488, 606
  'unsupported-media', // 415
  'too-large', // 413, 513
  'request-timeout', // 408, or no answer at all
  'redirected', // 3xx
  'server-error', // 5xx
  'refused', // any other final refusal
  'answered-elsewhere', // Reason: SIP;cause=200 on CANCEL (RFC 3326)
  // media
  'no-media-owner', // no window took the call's media in time, or it went away
  'microphone-denied',
  'no-microphone',
  'camera-denied',
  'no-camera',
  'media-failed', // ICE or DTLS did not connect
  // local
  'offline', // no registration to send by
  'storage-failed', // the database refused the write
] as const;

export const FailureCode = v.picklist(failureCodes);
export type FailureCode = v.InferOutput<typeof FailureCode>;

/** What a refused TLS certificate says about itself. */
export const CertificateSummary = v.strictObject({
  subject: v.string(),
  issuer: v.string(),
  validFrom: v.string(),
  validTo: v.string(),
  fingerprintSha256: v.string(),
  /** OpenSSL's or Node's code, e.g. `DEPTH_ZERO_SELF_SIGNED_CERT`. */
  problem: v.string(),
});
export type CertificateSummary = v.InferOutput<typeof CertificateSummary>;

export const Failure = v.strictObject({
  code: FailureCode,
  /** SIP status code, where one was received. */
  status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(699))),
  /** The far side's reason phrase or the system's error text; never a secret. */
  detail: v.optional(v.pipe(v.string(), v.maxLength(2000))),
  certificate: v.optional(CertificateSummary),
  /** The log line of an `internal` failure. */
  reportId: v.optional(v.string()),
});
export type Failure = v.InferOutput<typeof Failure>;

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function success<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failed(code: FailureCode, more: Omit<Failure, 'code'> = {}): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: { code, ...more } };
}
