import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findLiveKit } from '../apps/launcher/src/find-livekit.ts';
import { ffmpeg, installParts } from '../apps/launcher/src/system-packages.ts';

const root = join(import.meta.dirname, '..');
const DEFAULT_MINUTES = '30';

/** A long show with a fault every 30 s: `--minutes N`, `--seed N` to do again what an earlier run did. Returns the exit code. */
export async function runSoak(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: { type: 'string', default: DEFAULT_MINUTES }, seed: { type: 'string' } },
  });
  await installParts([ffmpeg]);
  await findLiveKit();
  const vitest = join(root, 'node_modules', '.bin', 'vitest');
  return new Promise((resolve, reject) => {
    const child = spawn(vitest, ['run', '--project', 'deep', 'apps/media/src/soak.deep.test.ts'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        SOAK_MINUTES: values.minutes,
        ...(values.seed === undefined ? {} : { FAULT_SEED: values.seed }),
      },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
