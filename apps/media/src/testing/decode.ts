import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What FFmpeg complains about when it decodes a file; empty when it is clean. */
export async function complaints(file: string): Promise<string> {
  const decode = [
    ...['-v', 'error', '-xerror', '-i', file],
    // Pictures may be 1 ms apart; counted in frames of the nominal rate FFmpeg's own output would trip over that.
    ...['-fps_mode', 'passthrough', '-enc_time_base', '-1', '-f', 'null', '-'],
  ];
  const { stderr } = await run('ffmpeg', decode).catch((error: { stderr?: string }) => error);
  return stderr ?? 'FFmpeg did not run';
}
