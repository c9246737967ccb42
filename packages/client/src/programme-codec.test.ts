import { describe, expect, it } from 'vitest';
import { programmeCodec } from './programme-codec.ts';

const vp8 = { mimeType: 'video/VP8' };
const h264 = (mode: number) => ({
  mimeType: 'video/H264',
  sdpFmtpLine: `level-asymmetry-allowed=1;packetization-mode=${mode};profile-level-id=42e01f`,
});

describe('the codec of the programme', () => {
  it('is H.264 wherever the browser encodes it, however late in its list', () => {
    expect(programmeCodec([vp8, h264(0), h264(1)])).toBe('h264');
  });
  it('is VP8 where there is no encoder for H.264', () => {
    expect(programmeCodec([vp8, { mimeType: 'video/rtx' }])).toBe('vp8');
    expect(programmeCodec([])).toBe('vp8');
  });
  it('is VP8 where H.264 pictures could not be split into packets', () => {
    expect(programmeCodec([vp8, h264(0)])).toBe('vp8');
  });
  it('is H.264 where the browser does not tell', () => {
    expect(programmeCodec(null)).toBe('h264');
  });
});
