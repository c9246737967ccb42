import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { columnsOf, type PainterCase, tileOf } from './cases.ts';

const FRAMES = 150;
/** What the painter does with BT.601, the fast way: its matrix alone. */
const TO_BT709 = ',colorspace=iall=bt601-6-625:all=bt709:fast=1';

/**
 * Processor time of FFmpeg for one picture, ms: the same tiles scaled, converted to the programme's colours and stacked by one
 * thread. The inputs are made from nothing, so that neither a decoder nor a disk is measured. A single tile is passed on, not copied.
 */
export async function xstackMs(given: PainterCase): Promise<number> {
  const { tiles, source, programme, colours } = given;
  const tile = tileOf(given);
  const numbers = Array.from({ length: tiles }, (_, n) => n);
  const inputs = numbers.flatMap(() => [
    '-f',
    'lavfi',
    '-i',
    `nullsrc=s=${source.width}x${source.height}:r=30,format=yuv420p`,
  ]);
  const scaled = numbers.map(
    (n) =>
      `[${n}]scale=${tile.width}:${tile.height}:flags=bilinear${colours === 'bt601' ? TO_BT709 : ''}[s${n}]`,
  );
  const places = numbers.map(
    (n) => `${(n % columnsOf(tiles)) * tile.width}_${Math.floor(n / columnsOf(tiles)) * tile.height}`,
  );
  const stacked =
    tiles === 1
      ? '[s0]null[out]'
      : `${numbers.map((n) => `[s${n}]`).join('')}xstack=inputs=${tiles}:layout=${places.join('|')}:fill=black,pad=${programme.width}:${programme.height}[out]`;
  const filter = `${scaled.join(';')};${stacked}`;
  const threads = ['-filter_complex_threads', '1', '-filter_threads', '1'];
  const { stderr } = await promisify(execFile)('ffmpeg', [
    ...['-hide_banner', '-benchmark', ...threads, ...inputs],
    ...['-filter_complex', filter, '-map', '[out]', '-frames:v', String(FRAMES), '-c:v', 'wrapped_avframe'],
    ...['-f', 'null', '-'],
  ]);
  const [, user, system] = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr) ?? [];
  return ((Number(user) + Number(system)) * 1000) / FRAMES;
}
