import { ByteQueue, concatBytes, viewOf } from './bytes.ts';

/**
 * What ingest tells egress over their loopback link. Times are ms of the machine's monotonic clock.
 * `config` comes before the first video unit that needs it.
 */
export type BusRecord =
  | { readonly kind: 'config'; readonly avcC: Uint8Array }
  | { readonly kind: 'video'; readonly time: number; readonly key: boolean; readonly unit: Uint8Array }
  | { readonly kind: 'opus'; readonly time: number; readonly packet: Uint8Array };

const CODES = { config: 1, video: 2, opus: 3 } as const;
/** Length (4), kind (1), flags (1), time (8). */
const HEAD_BYTES = 14;
const MAX_RECORD_BYTES = 16 * 1024 * 1024;

export function writeBusRecord(record: BusRecord): Uint8Array {
  const head = new Uint8Array(HEAD_BYTES);
  const view = viewOf(head);
  const body = bodyOf(record);
  view.setUint32(0, HEAD_BYTES - 4 + body.length);
  view.setUint8(4, CODES[record.kind]);
  view.setUint8(5, record.kind === 'video' && record.key ? 1 : 0);
  view.setFloat64(6, record.kind === 'config' ? 0 : record.time);
  return concatBytes([head, body]);
}

function bodyOf(record: BusRecord): Uint8Array {
  switch (record.kind) {
    case 'config':
      return record.avcC;
    case 'video':
      return record.unit;
    case 'opus':
      return record.packet;
  }
}

/** Reads records as they arrive. Throws RangeError on a damaged link; the owner closes it and waits for a new one. */
export class BusReader {
  readonly #queue = new ByteQueue(2 * MAX_RECORD_BYTES);

  push(chunk: Uint8Array): BusRecord[] {
    this.#queue.push(chunk);
    const records: BusRecord[] = [];
    while (true) {
      const head = this.#queue.peek(4);
      if (head === undefined) return records;
      const length = viewOf(head).getUint32(0);
      if (length < HEAD_BYTES - 4 || length > MAX_RECORD_BYTES) throw new RangeError('damaged bus record');
      const whole = this.#queue.take(4 + length);
      if (whole === undefined) return records;
      records.push(readRecord(whole));
    }
  }
}

function readRecord(whole: Uint8Array): BusRecord {
  const view = viewOf(whole);
  const time = view.getFloat64(6);
  const body = whole.subarray(HEAD_BYTES);
  if (!Number.isFinite(time)) throw new RangeError('damaged bus record');
  switch (view.getUint8(4)) {
    case CODES.config:
      return { kind: 'config', avcC: body };
    case CODES.video:
      return { kind: 'video', time, key: view.getUint8(5) === 1, unit: body };
    case CODES.opus:
      return { kind: 'opus', time, packet: body };
    default:
      throw new RangeError('damaged bus record');
  }
}
