import { buildRtp } from '@streamus/media-formats';
import { seededRandom } from '@streamus/media-formats/seeded-random';
import { expect, test } from 'vitest';
import { RtpPacket } from 'werift';
import { packetOf } from './rtp-packet.ts';

const read = (datagram: Uint8Array) => packetOf(RtpPacket.deSerialize(Buffer.from(datagram)));

test('what is built is read back', () => {
  const random = seededRandom(1);
  const below = (limit: number): number => Math.floor(random() * limit);
  for (let n = 0; n < 200; n += 1) {
    const packet = {
      payloadType: below(128),
      marker: n % 2 === 0,
      sequence: below(0x10000),
      timestamp: below(2 ** 32),
      ssrc: below(2 ** 32),
      payload: Buffer.from(Array.from({ length: below(50) }, () => below(256))),
    };
    expect(read(buildRtp(packet))).toEqual(packet);
  }
});

test('header extension, CSRCs and padding are left out of the payload', () => {
  const datagram = Uint8Array.of(
    ...[0xb1, 0xe0, 0, 7, 0, 0, 0, 9, 0, 0, 0, 5],
    ...[1, 2, 3, 4],
    ...[0xbe, 0xde, 0, 1, 0x10, 9, 0, 0],
    ...[42, 43, 0, 0, 3],
  );
  expect(read(datagram)).toMatchObject({ marker: true, payloadType: 96, payload: Buffer.of(42, 43) });
});
