import { type Culprit, type ErrorCode, errorCatalogue } from '@streamus/contracts';

/** Why an output could not go on. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly culprit: Culprit;
  /** The destination said no to this key, in so many words. */
  readonly rejected: boolean;
}

/** SPEC F1. */
export function failure(code: ErrorCode): Failure {
  const { message, culprit } = errorCatalogue[code];
  return { code, message, culprit, rejected: code === 'target_rejected' };
}

/** Words of FFmpeg 5 to 7 and of RTMP servers, most telling first. */
const SIGNS: readonly (readonly [RegExp, ErrorCode])[] = [
  [
    /failed to resolve hostname|name or service not known|temporary failure in name resolution/i,
    'target_dns',
  ],
  [/certificate|gnutls|tls handshake|ssl.*(error|failed)|error in the (pull|push) function/i, 'target_tls'],
  [
    /badname|publish\.denied|not authori[sz]ed|unauthori[sz]ed|access denied|invalid (stream )?key|rejected|authentication/i,
    'target_rejected',
  ],
  [/server error/i, 'target_rejected'],
  [/connection refused/i, 'target_refused'],
  [/handshake|invalid rtmp|rtmp.*(unexpected|bad)|cannot read rtmp/i, 'target_handshake'],
  [/timed out|no route to host|network is unreachable/i, 'target_timeout'],
  [/broken pipe|connection reset|end of file|input\/output error/i, 'target_closed'],
];

/**
 * Classifies the end of a pusher by what it wrote to stderr. `tookMedia`: the destination had accepted media. SPEC F2.
 */
export function classifyPusherEnd(stderr: string, tookMedia: boolean): Failure {
  const sign = SIGNS.find(([pattern]) => pattern.test(stderr));
  if (sign === undefined) return failure(tookMedia ? 'target_closed' : 'media_failed');
  const [, code] = sign;
  // A server that has taken media and then closes says so in many ways; none of them is about the handshake.
  return failure(
    tookMedia && (code === 'target_handshake' || code === 'target_tls') ? 'target_closed' : code,
  );
}
