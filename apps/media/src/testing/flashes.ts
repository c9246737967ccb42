import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Time of every picture of a file and whether it is the white one. */
export async function readFlashes(path: string): Promise<{ time: number; flash: boolean }[]> {
  const [width, height] = [16, 9];
  const brightness = ['-v', 'error', '-i', path, '-map', '0:v', '-fps_mode', 'passthrough'];
  const [pixels, times] = await Promise.all([
    run(
      'ffmpeg',
      [...brightness, '-vf', `scale=${width}:${height},format=gray`, '-f', 'rawvideo', 'pipe:1'],
      { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 },
    ),
    run('ffprobe', [
      ...['-v', 'error', '-select_streams', 'v', '-show_entries', 'frame=best_effort_timestamp_time'],
      ...['-of', 'csv=p=0', path],
    ]),
  ]);
  const lines = times.stdout.split('\n').filter((line) => line !== '');
  return lines.map((line, index) => {
    const picture = pixels.stdout.subarray(index * width * height, (index + 1) * width * height);
    return { time: Number.parseFloat(line), flash: picture.every((luma) => luma > 200) };
  });
}
