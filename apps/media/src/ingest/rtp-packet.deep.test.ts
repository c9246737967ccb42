import { buildRtp, isWholeRtp } from '@streamus/media-formats';
import { mutate } from '@streamus/media-formats/mutate';
import { seededRandom } from '@streamus/media-formats/seeded-random';
import { expect, test } from 'vitest';
import { RtpPacket } from 'werift';
import { packetOf } from './rtp-packet.ts';

const INPUTS = 1_000_000;
const MEMORY_LIMIT_BYTES = 64 * 1024 * 1024;
/** `SEED=n` replays from the seed that a failure names. */
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));

/** Sound, pictures, and one with CSRCs, a header extension and padding. */
const CORPUS = [
  buildRtp({
    payloadType: 111,
    marker: false,
    sequence: 65_535,
    timestamp: 960,
    ssrc: 7,
    payload: Buffer.of(0xfc, 1, 2),
  }),
  buildRtp({
    payloadType: 125,
    marker: true,
    sequence: 1,
    timestamp: 3_000,
    ssrc: 8,
    payload: Buffer.alloc(40, 0x41),
  }),
  Uint8Array.of(
    ...[0xb1, 0xe0, 0, 7, 0, 0, 0, 9, 0, 0, 0, 5],
    ...[1, 2, 3, 4],
    ...[0xbe, 0xde, 0, 2, 0x10, 9, 0x21, 9, 9, 0, 0, 0],
    ...[42, 43, 0, 0, 3],
  ),
];

/** As ingest does: what is not whole does not reach werift, which drops what it cannot read, whatever the error. */
function readAsIngest(datagram: Uint8Array): RtpPacket | undefined {
  if (!isWholeRtp(datagram)) return undefined;
  try {
    return RtpPacket.deSerialize(Buffer.from(datagram));
  } catch {
    return undefined;
  }
}

/** How many of so many datagrams were packets. */
function readMutated(inputs: number, random: () => number): number {
  let packets = 0;
  for (let n = 0; n < inputs; n += 1) {
    const datagram = mutate(CORPUS, random);
    const packet = readAsIngest(datagram);
    if (packet === undefined) continue;
    packets += 1;
    const { sequence, payload } = packetOf(packet);
    if (payload.length > datagram.length || !Number.isInteger(sequence))
      throw new Error(`not a packet: ${datagram.join()}`);
  }
  return packets;
}

test(`a million mutated packets, SEED=${seed}`, () => {
  const random = seededRandom(seed);
  readMutated(1_000, random);
  const before = process.memoryUsage();
  expect(readMutated(INPUTS, random)).toBeGreaterThan(INPUTS / 4);
  const after = process.memoryUsage();
  expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(
    MEMORY_LIMIT_BYTES,
  );
}, 120_000);
