import { isWholeRtp } from '@streamus/media-formats';
import { isMedia, isRtcp, type RTCIceTransport } from 'werift';

/**
 * Keeps from werift what claims to have more than it has. werift 0.25.2 reads the header of each datagram before it knows who
 * sent it, in as many steps as the extension claims to have bytes, and copies a list in each: forty bytes from anybody
 * held the process up for a minute.
 */
export function dropBrokenRtp({ connection: { onData } }: RTCIceTransport): void {
  const { execute } = onData;
  onData.execute = (datagram) => {
    if (!isMedia(datagram) || isRtcp(datagram) || isWholeRtp(datagram)) execute(datagram);
  };
}
