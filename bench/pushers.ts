import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  buildAvcC,
  FLV_HEADER,
  FLV_VIDEO,
  NO_PARAMETER_SETS,
  toAvcc,
  updateParameterSets,
  videoBody,
  videoHeaderBody,
  writeBusRecord,
  writeFlvTag,
} from '@streamus/media-formats';
import { type Clip, makeClip } from '@streamus/testkit/publisher';
import { type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { coresUsed } from './cpu.ts';
import type { Row } from './row.ts';

const FORMAT = { width: 1920, height: 1080, fps: 30 };
const KBPS = 6_000;
const OUTPUTS = 4;
const SECONDS = 20;
const PACKET_MS = 20;
const LOOK = { backgroundColour: '#12161f', backgroundFile: null, logoFile: null };

/** What four RTMP outputs of a 1080p30 6 Mbps stream cost: egress with and without them, and four `ffmpeg -c copy` beside it. */
export async function benchPushers(): Promise<Row[]> {
  const clip = await makeClip({ ...FORMAT, seconds: 6, kbps: KBPS });
  const sinks = await Promise.all(Array.from({ length: OUTPUTS }, () => startRtmpSink()));
  try {
    const without = await measureEgress(clip, []);
    const withOutputs = await measureEgress(clip, sinks);
    const copies = await measureCopies(clip, sinks);
    return [
      {
        what: `CPU of ${OUTPUTS} RTMP outputs, 1080p30 6 Mbps (egress with them, less egress without)`,
        value: withOutputs - without,
        unit: 'core',
        goal: '≤ 0.05 core',
        reference: `${OUTPUTS} × ffmpeg -c copy fed through pipes (the feeder not counted)`,
        referenceValue: copies,
      },
    ];
  } finally {
    for (const sink of sinks) await sink.close();
  }
}

/** Cores that an egress process uses, AAC encoder and slate included. */
async function measureEgress(clip: Clip, sinks: readonly RtmpSink[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-bench-'));
  const busPath = join(folder, 'bus.sock');
  const child = fork(join(import.meta.dirname, '../apps/media/src/egress/main.ts'), [], { stdio: 'inherit' });
  try {
    const listening = new Promise<void>((resolve) => {
      child.on('message', (message: { type: string }) => {
        if (message.type === 'listening') resolve();
      });
    });
    child.send({
      ...{ type: 'begin', streamId: 'bench', busPath, dataDir: folder, caFile: '', allowPrivate: true },
      ...{ format: FORMAT, look: LOOK, recording: null, logLevel: 'error' },
    });
    await listening;
    sinks.forEach(({ url }, index) => {
      child.send({ type: 'start-output', id: `output-${index}`, target: { kind: 'rtmp', url, key: 'k' } });
    });
    const feeder = feedBus(connect(busPath), clip);
    for (const sink of sinks)
      await sink.until(({ publications }) => (publications[0]?.tags.length ?? 0) > 200, 'media');
    await pause(2_000);
    const used = await coresUsed(child.pid ?? 0, { egress: () => true }, () => pause(SECONDS * 1_000));
    clearInterval(feeder);
    await ended(child);
    return used.egress ?? Number.NaN;
  } finally {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.send({ type: 'end' });
  await exited;
}

/** Calls back for every picture and packet of the clip at its time, again and again. */
function play(
  clip: Clip,
  picture: (time: number, current: Clip['pictures'][number]) => void,
  packet: (time: number, bytes: Uint8Array) => void,
): NodeJS.Timeout {
  const begun = performance.now();
  let [pictures, packets] = [0, 0];
  return setInterval(() => {
    const elapsed = performance.now() - begun;
    for (; (pictures * 1000) / clip.fps <= elapsed; pictures += 1) {
      const current = clip.pictures[pictures % clip.pictures.length];
      if (current !== undefined) picture((pictures * 1000) / clip.fps, current);
    }
    for (; packets * PACKET_MS <= elapsed; packets += 1) {
      packet(packets * PACKET_MS, clip.packets[packets % clip.packets.length] ?? new Uint8Array(0));
    }
  }, 10);
}

const parameters = (clip: Clip) =>
  buildAvcC(updateParameterSets(NO_PARAMETER_SETS, clip.pictures[0]?.nals ?? []));

function feedBus(socket: Socket, clip: Clip): NodeJS.Timeout {
  const zero = Number(process.hrtime.bigint()) / 1e6;
  socket.on('error', () => undefined);
  socket.write(writeBusRecord({ kind: 'config', avcC: parameters(clip) }));
  return play(
    clip,
    (time, { nals, key }) =>
      socket.write(writeBusRecord({ kind: 'video', time: zero + time, key, unit: toAvcc(nals) })),
    (time, packet) => socket.write(writeBusRecord({ kind: 'opus', time: zero + time, packet })),
  );
}

async function measureCopies(clip: Clip, sinks: readonly RtmpSink[]): Promise<number> {
  const children = sinks.map(({ url }) =>
    spawn(
      'ffmpeg',
      [
        ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-f', 'flv', '-i', 'pipe:0', '-c', 'copy'],
        ...['-flvflags', 'no_duration_filesize', '-flush_packets', '1', '-f', 'flv', `${url}/copy`],
      ],
      { stdio: ['pipe', 'ignore', 'inherit'] },
    ),
  );
  const write = (bytes: Uint8Array) => {
    for (const { stdin } of children) stdin.write(bytes);
  };
  for (const { stdin } of children) stdin.on('error', () => undefined);
  write(FLV_HEADER);
  write(writeFlvTag({ type: FLV_VIDEO, time: 0, data: videoHeaderBody(parameters(clip)) }));
  const feeder = play(
    clip,
    (time, { nals, key }) =>
      write(writeFlvTag({ type: FLV_VIDEO, time: Math.floor(time), data: videoBody(toAvcc(nals), key) })),
    () => undefined,
  );
  try {
    for (const sink of sinks)
      await sink.until(
        ({ publications }) => publications.some(({ key, tags }) => key === 'copy' && tags.length > 100),
        'copies',
      );
    const used = await coresUsed(process.pid, { copies: (command) => command.includes('/copy') }, () =>
      pause(SECONDS * 1_000),
    );
    return used.copies ?? Number.NaN;
  } finally {
    clearInterval(feeder);
    for (const child of children) child.kill('SIGKILL');
  }
}
