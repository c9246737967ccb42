import type { ErrorCode } from '@streamus/contracts';
import type { RtmpRefusal } from '@streamus/media-formats';

/** nginx-rtmp says BadName with "Already publishing" while it still holds the connection that was lost. */
const BUSY = /already|in use|duplicate|busy/i;
/** The server's own trouble, not a word about this stream. */
const UNWELL = /AppShutdown|Connect\.(Closed|Failed)|Publish\.(Idle|Failed)|InternalError/i;

/** What a server's refusal means to the person who streams. */
export function refusalCode({ code, description, redirect }: RtmpRefusal): ErrorCode {
  if (redirect !== null) return 'target_redirected';
  if (BUSY.test(description)) return 'target_busy';
  return UNWELL.test(code) ? 'target_closed' : 'target_rejected';
}
