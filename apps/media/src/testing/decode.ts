import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What FFmpeg complains about when it decodes a file; empty when it is clean. */
export async function complaints(file: string): Promise<string> {
  const decode = ['-v', 'error', '-xerror', '-i', file, '-f', 'null', '-'];
  const { stderr } = await run('ffmpeg', decode).catch((error: { stderr?: string }) => error);
  return stderr ?? 'FFmpeg did not run';
}
