import type { Size } from '../draw-item.ts';

/**
 * A picture of the programme in the encoder's own format, tagged BT.709 limited on every surface.
 * @param planes Y, U and V one after the other without gaps: WebKit does not look at `layout` (VideoFrame::createI420, for Safari
 *   and GTK alike)
 * @param timestamp µs, like `duration`
 */
export function programmeFrame(
  planes: Uint8Array<ArrayBuffer>,
  { width, height }: Size,
  timestamp: number,
  duration: number,
): VideoFrame {
  return new VideoFrame(planes, {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    timestamp,
    duration,
    colorSpace: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
  });
}
