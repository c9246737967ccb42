import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { buildRtp } from '@streamus/media-formats';
import { mutate } from '@streamus/media-formats/mutate';
import { seededRandom } from '@streamus/media-formats/seeded-random';
import { expect, onTestFinished, test } from 'vitest';
import { startRoomIngest } from '../testing/room-ingest.ts';
import { createWeriftReceiver } from './werift-receiver.ts';

/** Two seconds. */
const SOME = 30;
const DATAGRAMS = 1_000;
const AT_ONCE = 20;
/** A stranger's RTP packet whose extension claims 262,140 bytes. */
const ENDLESS_EXTENSION = Buffer.from(`907d00010000000000000007bedeffff${'41'.repeat(24)}`, 'hex');
/** What may come to a port of WebRTC: STUN (RFC 8489), DTLS 1.2 records (RFC 6347: alerts, a handshake), RTP, RTCP. */
const CORPUS = [
  Buffer.from('000100002112a442000102030405060708090a0b', 'hex'),
  Buffer.from('010100002112a442000102030405060708090a0b', 'hex'),
  // Requests of a user who is none: to take turns in who controls, and to be nominated.
  Buffer.from(
    '0001001c2112a442000102030405060708090a0b00060003613a6200002400046e0001ff802900080000000000000000',
    'hex',
  ),
  Buffer.from(
    '000100202112a442000102030405060708090a0c00060003613a6200002400046e0001ff802a0008ffffffffffffffff00250000',
    'hex',
  ),
  Buffer.from('15fefd000000000000000500020100', 'hex'),
  Buffer.from('15fefd000000000000000500020250', 'hex'),
  Buffer.from('15fefd000100000000000500020228', 'hex'),
  Buffer.from('16fefd0000000000000001000c010000000000000000000000', 'hex'),
  Buffer.from('81c90007000000010000000200000000000000000000000000000000', 'hex'),
  buildRtp({
    payloadType: 125,
    marker: true,
    sequence: 9,
    timestamp: 9,
    ssrc: 7,
    payload: Buffer.alloc(60, 1),
  }),
  ENDLESS_EXTENSION,
];

/** Host and port of a UDP candidate (RFC 8839). */
function udpAddress(candidate: string): { readonly host: string; readonly port: number } | undefined {
  const [, , protocol, , host, port, , type] = candidate.split(' ');
  if (protocol?.toLowerCase() !== 'udp' || type !== 'host' || host === undefined) return undefined;
  return { host, port: Number(port) };
}

test('what strangers send to its ports does not disturb the programme', async () => {
  let pictures = 0;
  const waits: { readonly from: number; readonly enough: () => void }[] = [];
  const morePictures = (): Promise<void> => new Promise((enough) => waits.push({ from: pictures, enough }));
  const ports = new Map<number, string>();
  const { ingest, joins, publish } = await startRoomIngest({
    clip: { width: 320, height: 180, fps: 15, seconds: 2, kbps: 300 },
    hear: (record) => {
      if (record.kind !== 'video') return;
      pictures += 1;
      for (const { from, enough } of waits) if (pictures >= from + SOME) enough();
    },
    createReceiver: (iceServers, addresses, events) =>
      createWeriftReceiver(iceServers, addresses, {
        ...events,
        candidate: (candidate) => {
          const address = udpAddress(candidate.candidate);
          if (address !== undefined) ports.set(address.port, address.host);
          events.candidate(candidate);
        },
      }),
  });
  const publisher = publish(1);
  onTestFinished(() => publisher.close());
  await publisher.started;
  await morePictures();

  const stranger = createSocket('udp4');
  stranger.bind(0);
  await once(stranger, 'listening');
  onTestFinished(() => void stranger.close());
  let answers = 0;
  stranger.on('message', () => {
    answers += 1;
  });
  const random = seededRandom(11);
  expect(ports.size).toBeGreaterThan(0);
  for (let sent = 0; sent < DATAGRAMS; sent += AT_ONCE) {
    const datagrams = Array.from({ length: AT_ONCE }, (_, n) =>
      sent < AT_ONCE
        ? (CORPUS[n % CORPUS.length] ?? ENDLESS_EXTENSION)
        : mutate(CORPUS, random).slice(0, 1_400),
    );
    const went = datagrams.flatMap((datagram) =>
      [...ports].map(
        ([port, host]) => new Promise<void>((done) => stranger.send(datagram, port, host, () => done())),
      ),
    );
    await Promise.all(went);
  }
  await morePictures();
  expect(answers, 'a stranger is told nothing').toBe(0);
  expect(joins()).toBe(1);
  expect(ingest.stats).toMatchObject({ damagedGops: 0, lostPackets: 0 });
}, 60_000);
