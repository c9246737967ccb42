import { type RtpPacket, type SenderReport, ShowClock } from '@streamus/media-formats';
import { expect, test } from 'vitest';
import { monotonicMs } from '../monotonic.ts';
import { AudioTrack } from './audio-track.ts';
import { emptyIngestStats } from './ingest-stats.ts';
import { VideoTrack } from './video-track.ts';
import type { IncomingTrack } from './webrtc.ts';

/** A track whose packets and reports come from the test. */
function openTrack(kind: 'audio' | 'video') {
  let receive = (_packet: RtpPacket): void => undefined;
  let report = (_report: SenderReport): void => undefined;
  const track: IncomingTrack = {
    kind,
    id: kind,
    codecOf: () => (kind === 'audio' ? 'opus' : 'h264'),
    onPacket: (listener) => {
      receive = listener;
    },
    onReport: (listener) => {
      report = listener;
    },
    requestKeyframe: () => undefined,
    demandKeyframe: () => undefined,
    requestAgain: () => undefined,
  };
  const begin = (): void => {
    const payload = Uint8Array.of(0xf8, 0xff, 0xfe);
    receive({ payloadType: 111, marker: true, sequence: 1, timestamp: 0, ssrc: 1, payload });
  };
  return { track, begin, report: (sent: SenderReport) => report(sent) };
}

function openComposer(clock: ShowClock) {
  const stats = emptyIngestStats();
  const [video, audio] = [openTrack('video'), openTrack('audio')];
  const sink = { arrived: () => undefined, damagedGop: () => undefined, show: () => undefined };
  const tracks = [
    new VideoTrack(video.track, clock, stats, sink),
    new AudioTrack(audio.track, clock, stats, () => undefined),
  ];
  const close = (): void => {
    for (const track of tracks) track.close();
  };
  return { video, audio, close };
}

test('reports of a composer that has gone do not move its successor’s sound', () => {
  const clock = new ShowClock();
  const former = openComposer(clock);
  former.video.begin();
  former.audio.begin();
  former.close();
  clock.rebaseVideo(0);
  clock.rebaseAudio(0);
  const next = openComposer(clock);
  const begunAt = monotonicMs();
  next.video.begin();
  next.audio.begin();
  const wallMs = 1_764_000_000_000;
  for (let report = 0; report < 3; report += 1) {
    next.video.report({ wallMs, rtpTimestamp: 0 });
    next.audio.report({ wallMs, rtpTimestamp: 0 });
  }
  const before = clock.skewMs;
  for (let report = 0; report < 3; report += 1) {
    former.video.report({ wallMs, rtpTimestamp: 300 * 90 });
    former.audio.report({ wallMs, rtpTimestamp: 150 * 48 });
  }
  next.audio.report({ wallMs, rtpTimestamp: 0 });
  // Moves by 5 ms a second.
  for (let ms = 20; ms < 10_000; ms += 20) clock.audio(ms * 48, begunAt + ms);
  expect(clock.skewMs).toBeCloseTo(before, 3);
});
