import { connect, type Socket } from 'node:net';
import { type BusRecord, concatBytes, writeBusRecord } from '@streamus/media-formats';

const RETRY_MS = 200;
/** What egress may fall behind before its link is closed and made anew: 2 s of a 50 Mbit/s show. */
const MAX_BUFFERED_BYTES = 12 * 1024 * 1024;

/** The sending end of the loopback link to egress; reconnects for ever. */
export interface BusLink {
  /** Records given together cost one system call, here and at the far end. */
  send(...records: readonly BusRecord[]): void;
  close(): void;
}

/** `connected` is called at every new connection: the receiver then knows nothing yet. */
export function openBusLink(path: string, connected: () => void): BusLink {
  let socket: Socket | undefined;
  let ready = false;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const open = (): void => {
    timer = undefined;
    const current = connect(path);
    socket = current;
    current.on('connect', () => {
      ready = true;
      connected();
    });
    // Every error is followed by 'close', which reconnects.
    current.on('error', () => undefined);
    current.on('close', () => {
      ready = false;
      if (!closed) timer = setTimeout(open, RETRY_MS);
    });
  };
  open();
  return {
    send(...records) {
      if (!ready || socket === undefined || records.length === 0) return;
      if (socket.writableLength > MAX_BUFFERED_BYTES) socket.destroy();
      else socket.write(concatBytes(records.map(writeBusRecord)));
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.destroy();
    },
  };
}
