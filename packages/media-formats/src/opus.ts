/** Opus always counts time at 48 kHz (RFC 6716, RFC 7845). */
export const OPUS_RATE = 48_000;

/** Two bytes of CELT "silence" after the TOC: fullband, 20 ms, stereo (RFC 6716 4.3: the silence flag). */
export const OPUS_SILENCE_20MS = Uint8Array.of(0xfc, 0xff, 0xfe);
export const OPUS_SILENCE_SAMPLES = 960;

const SILK_SAMPLES = [480, 960, 1920, 2880];
const HYBRID_SAMPLES = [480, 960];
const CELT_SAMPLES = [120, 240, 480, 960];

/** Samples at 48 kHz that one packet decodes to; 0 when it is malformed (RFC 6716 3.1 and 3.2). */
export function opusSamples(packet: Uint8Array): number {
  const toc = packet[0];
  if (toc === undefined) return 0;
  const config = toc >> 3;
  const frame =
    config < 12
      ? SILK_SAMPLES[config & 3]
      : config < 16
        ? HYBRID_SAMPLES[config & 1]
        : CELT_SAMPLES[config & 3];
  const code = toc & 3;
  const frames = code === 0 ? 1 : code === 3 ? (packet[1] ?? 0) & 0x3f : 2;
  const samples = (frame ?? 0) * frames;
  // 120 ms is the longest packet there is.
  return samples <= 5760 ? samples : 0;
}
