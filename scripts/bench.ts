import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildPages } from '../apps/launcher/src/build-pages.ts';
import { findLiveKit } from '../apps/launcher/src/find-livekit.ts';
import { chromium, ffmpeg, installParts, nginxRtmp } from '../apps/launcher/src/system-packages.ts';

/** Brings what the benchmarks need, then runs those named in `args` or all of them. Returns the exit code. */
export async function runBench(args: readonly string[]): Promise<number> {
  await installParts([ffmpeg, chromium, nginxRtmp]);
  await findLiveKit();
  await buildPages();
  const program = join(import.meta.dirname, '..', 'bench', 'main.ts');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
