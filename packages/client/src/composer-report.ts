import type { CompositorStats } from '@streamus/compositor';
import type { ComposerHealth } from '@streamus/contracts';
import type { SentSound } from './lost-sound.ts';

/** Counters since the beginning, at one moment. */
export interface ComposerCounters {
  /** ms of any one clock. */
  readonly at: number;
  /** Ticks too late to be drawn. */
  readonly late: number;
  /** Pictures drawn that look like the one before. */
  readonly repeated: number;
  /** Pictures drawn that the encoder's track did not take. */
  readonly refused: number;
  /** Pictures that entered the encoder's track; null while nothing is published. */
  readonly offered: number | null;
  readonly encoded: number | null;
  /** Sound that was never sent, ms. */
  readonly lostSoundMs: number;
  /** Share of packets lost on the way to the room as it last said, 0 to 1; null: it has not said. */
  readonly fractionLost: number | null;
  /** The browser sends less than it would like to because of the line. */
  readonly limitedByLine: boolean;
}

export const countersOf = ({
  lateFrames,
  repeatedFrames,
  droppedFrames,
}: CompositorStats): Pick<ComposerCounters, 'late' | 'repeated' | 'refused'> => ({
  late: lateFrames,
  repeated: repeatedFrames,
  refused: droppedFrames,
});

/** The losses per second between two moments, and the pictures that repeat the one before, apart. `fps`: pictures drawn per second. */
export function composerHealth(
  before: ComposerCounters,
  after: ComposerCounters,
  fps: number,
): ComposerHealth {
  const seconds = Math.max(0.001, (after.at - before.at) / 1000);
  const perSecond = (count: number): number => Math.max(0, Math.round((count / seconds) * 10) / 10);
  const offered = (after.offered ?? 0) - (before.offered ?? 0);
  const encoded = (after.encoded ?? 0) - (before.encoded ?? 0);
  const counted = after.offered !== null && before.offered !== null && offered >= 0;
  return {
    fps: Math.max(0, fps),
    lateFrames: perSecond(after.late - before.late),
    repeatedFrames: perSecond(after.repeated - before.repeated),
    encoderDrops: perSecond(after.refused - before.refused + (counted ? offered - encoded : 0)),
    lostSoundMs: Math.min(1_000, perSecond(after.lostSoundMs - before.lostSoundMs)),
    networkLossPercent: Math.min(100, Math.max(0, (after.fractionLost ?? 0) * 100)),
  };
}

/** What a sender's statistics say of pictures and packets. */
export function readSenderStats(
  report: RTCStatsReport,
): Pick<ComposerCounters, 'offered' | 'encoded' | 'fractionLost' | 'limitedByLine'> {
  let offered: number | null = null;
  let encoded: number | null = null;
  let fractionLost: number | null = null;
  let limitedByLine = false;
  for (const entry of report.values()) {
    if (entry.kind !== undefined && entry.kind !== 'video') continue;
    if (entry.type === 'media-source') offered = numberOf(entry.frames);
    if (entry.type === 'outbound-rtp') {
      encoded = numberOf(entry.framesEncoded);
      limitedByLine = entry.qualityLimitationReason === 'bandwidth';
    }
    if (entry.type === 'remote-inbound-rtp') fractionLost = numberOf(entry.fractionLost);
  }
  return { offered, encoded, fractionLost, limitedByLine };
}

/** As the programme's sound is sent. */
const PACKET_MS = 20;

/** How much sound a sender's statistics say that it has sent; null: none yet. */
export function readSoundSent(report: RTCStatsReport): SentSound | null {
  for (const entry of report.values()) {
    if (entry.type !== 'outbound-rtp' || entry.kind !== 'audio') continue;
    const packets = numberOf(entry.packetsSent);
    const at = numberOf(entry.timestamp);
    if (packets === null || at === null) return null;
    return { at, sentMs: (packets - (numberOf(entry.retransmittedPacketsSent) ?? 0)) * PACKET_MS };
  }
  return null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
