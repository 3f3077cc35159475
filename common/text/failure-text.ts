/** The words for every failure: what happened, and what to do about it. */
import type { Failure, FailureCode } from '../model/failure.ts';
import { m } from './generated/messages.js';

export interface FailureText {
  readonly what: string;
  readonly next: string;
}

const texts: Readonly<Record<FailureCode, readonly [what: () => string, next: () => string]>> = {
  'invalid-input': [m.failure_invalid_input, m.failure_invalid_input_next],
  'unknown-command': [m.failure_unknown_command, m.failure_unknown_command_next],
  'not-permitted': [m.failure_not_permitted, m.failure_not_permitted_next],
  'not-found': [m.failure_not_found, m.failure_not_found_next],
  conflict: [m.failure_conflict, m.failure_conflict_next],
  'not-supported': [m.failure_not_supported, m.failure_not_supported_next],
  'settings-unusable': [m.failure_settings_unusable, m.failure_settings_unusable_next],
  'secrets-locked': [m.failure_secrets_locked, m.failure_secrets_locked_next],
  'passphrase-wrong': [m.failure_passphrase_wrong, m.failure_passphrase_wrong_next],
  'not-confirmed': [m.failure_not_confirmed, m.failure_not_confirmed_next],
  'update-not-signed': [m.failure_update_not_signed, m.failure_update_not_signed_next],
  'update-failed': [m.failure_update, m.failure_update_next],
  internal: [m.failure_internal, m.failure_internal_next],
  disconnected: [m.failure_disconnected, m.failure_disconnected_next],
  'address-unresolvable': [m.failure_address_unresolvable, m.failure_address_unresolvable_next],
  'connection-refused': [m.failure_connection_refused, m.failure_connection_refused_next],
  'connection-lost': [m.failure_connection_lost, m.failure_connection_lost_next],
  'connection-timeout': [m.failure_connection_timeout, m.failure_connection_timeout_next],
  'certificate-refused': [m.failure_certificate_refused, m.failure_certificate_refused_next],
  'protocol-error': [m.failure_protocol_error, m.failure_protocol_error_next],
  'credentials-refused': [m.failure_credentials_refused, m.failure_credentials_refused_next],
  'authentication-unsupported': [m.failure_authentication_unsupported, m.failure_authentication_unsupported_next],
  forbidden: [m.failure_forbidden, m.failure_forbidden_next],
  'unknown-address': [m.failure_unknown_address, m.failure_unknown_address_next],
  unavailable: [m.failure_unavailable, m.failure_unavailable_next],
  busy: [m.failure_busy, m.failure_busy_next],
  declined: [m.failure_declined, m.failure_declined_next],
  cancelled: [m.failure_cancelled, m.failure_cancelled_next],
  'not-acceptable': [m.failure_not_acceptable, m.failure_not_acceptable_next],
  'unsupported-media': [m.failure_unsupported_media, m.failure_unsupported_media_next],
  'too-large': [m.failure_too_large, m.failure_too_large_next],
  'request-timeout': [m.failure_request_timeout, m.failure_request_timeout_next],
  redirected: [m.failure_redirected, m.failure_redirected_next],
  'server-error': [m.failure_server_error, m.failure_server_error_next],
  refused: [m.failure_refused, m.failure_refused_next],
  'answered-elsewhere': [m.failure_answered_elsewhere, m.failure_answered_elsewhere_next],
  'no-media-owner': [m.failure_no_media_owner, m.failure_no_media_owner_next],
  'microphone-denied': [m.failure_microphone_denied, m.failure_microphone_denied_next],
  'no-microphone': [m.failure_no_microphone, m.failure_no_microphone_next],
  'camera-denied': [m.failure_camera_denied, m.failure_camera_denied_next],
  'no-camera': [m.failure_no_camera, m.failure_no_camera_next],
  'media-failed': [m.failure_media_failed, m.failure_media_failed_next],
  offline: [m.failure_offline, m.failure_offline_next],
  'storage-failed': [m.failure_storage_failed, m.failure_storage_failed_next],
};

export function failureText(failure: Failure): FailureText {
  const [what, next] = texts[failure.code];
  const report = failure.reportId ? ` ${m.failure_internal_report({ reportId: failure.reportId })}` : '';
  return { what: what(), next: next() + report };
}

/** Both sentences in one line. */
export function failureLine(failure: Failure): string {
  const { what, next } = failureText(failure);
  return `${what} ${next}`;
}
