import { expect, test } from 'vitest';
import { type ComposerCounters, composerHealth, readSenderStats, readSoundSent } from './composer-report.ts';

const counters = (change: Partial<ComposerCounters>): ComposerCounters => ({
  ...{ at: 0, late: 0, repeated: 0, refused: 0, offered: 0, encoded: 0, lostSoundMs: 40 },
  ...{ fractionLost: null, limitedByLine: false },
  ...change,
});

test('late and repeated frames, encoder drops, lost sound and network loss are told apart, per second', () => {
  const health = composerHealth(
    counters({ late: 5, repeated: 7, refused: 1, offered: 100, encoded: 90 }),
    counters({
      at: 2_000,
      late: 9,
      repeated: 13,
      refused: 3,
      offered: 160,
      encoded: 140,
      lostSoundMs: 100,
      fractionLost: 0.02,
    }),
    29.8,
  );
  expect(health).toEqual({
    ...{ fps: 29.8, lateFrames: 2, repeatedFrames: 3 },
    ...{ encoderDrops: 6, lostSoundMs: 30, networkLossPercent: 2 },
  });
});

test('nothing published is no loss, and a sender that started anew is none either', () => {
  const unpublished = counters({ offered: null, encoded: null });
  const later = counters({ at: 1_000, offered: 30, encoded: 29 });
  expect(composerHealth(unpublished, later, 30).encoderDrops).toBe(0);
  const before = counters({ offered: 900, encoded: 900 });
  expect(composerHealth(before, later, 30).encoderDrops).toBe(0);
});

test('of a sender’s statistics the picture’s are read', () => {
  const report = new Map<string, object>([
    ['s', { type: 'media-source', kind: 'video', frames: 120 }],
    ['a', { type: 'outbound-rtp', kind: 'audio', framesEncoded: 7 }],
    ['o', { type: 'outbound-rtp', kind: 'video', framesEncoded: 118, qualityLimitationReason: 'bandwidth' }],
    ['r', { type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.5 }],
    ['c', { type: 'candidate-pair' }],
  ]);
  expect(readSenderStats(report)).toEqual({
    ...{ offered: 120, encoded: 118 },
    ...{ fractionLost: 0.5, limitedByLine: true },
  });
  expect(readSenderStats(new Map())).toEqual({
    ...{ offered: null, encoded: null },
    ...{ fractionLost: null, limitedByLine: false },
  });
});

test('sound is what was sent for the first time', () => {
  const sound = {
    ...{ type: 'outbound-rtp', kind: 'audio', timestamp: 1_700_000_000_500 },
    ...{ packetsSent: 130, retransmittedPacketsSent: 5 },
  };
  const report = new Map<string, object>([
    ['v', { type: 'outbound-rtp', kind: 'video', timestamp: 1, packetsSent: 7 }],
    ['a', sound],
  ]);
  expect(readSoundSent(report)).toEqual({ at: 1_700_000_000_500, sentMs: 2_500 });
  expect(readSoundSent(new Map())).toBeNull();
});
