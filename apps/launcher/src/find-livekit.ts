import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildGoTool, cachedTool, type GoTool } from './build-go-tool.ts';
import { step } from './console.ts';
import { LaunchError } from './launch-error.ts';
import { findProgram } from './system-packages.ts';

const run = promisify(execFile);

/** What tools/livekit/go.mod pins; older servers lack fixes this product relies on. */
export const LIVEKIT_VERSION = '1.13.5';

const livekit: GoTool = {
  name: 'LiveKit',
  version: LIVEKIT_VERSION,
  purpose: 'it carries everybody’s sound and pictures',
  minutes: 3,
  program: 'livekit-server',
  module: 'livekit',
  package: 'github.com/livekit/livekit-server/cmd/server',
};

/**
 * Path of a LiveKit server: the one on PATH when it is new enough, else the one in the user's cache, which is
 * filled by a pinned download (LIVEKIT_DOWNLOAD_URL with LIVEKIT_DOWNLOAD_SHA256) or by building its Go module.
 */
export async function findLiveKit(): Promise<string> {
  const onPath = findProgram(livekit.program);
  if (onPath !== null && (await isNewEnough(onPath))) return onPath;
  return cachedTool(livekit, async (folder) => {
    const url = process.env.LIVEKIT_DOWNLOAD_URL;
    if (url) await download(url, process.env.LIVEKIT_DOWNLOAD_SHA256 ?? '', join(folder, livekit.program));
    else await buildGoTool(livekit, folder);
  });
}

async function isNewEnough(path: string): Promise<boolean> {
  const { stdout } = await run(path, ['--version']).catch(() => ({ stdout: '' }));
  const found = /(\d+)\.(\d+)\.(\d+)/.exec(stdout)?.slice(1).map(Number) ?? [];
  const wanted = LIVEKIT_VERSION.split('.').map(Number);
  for (const [index, want] of wanted.entries()) {
    const have = found[index] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}

async function download(url: string, sha256: string, target: string): Promise<void> {
  await step(`Downloaded LiveKit ${LIVEKIT_VERSION}`, async () => {
    const response = await fetch(url);
    if (!response.ok)
      throw new LaunchError(`LiveKit could not be downloaded: ${url} answers ${response.status}.`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256.toLowerCase()) {
      throw new LaunchError(
        `The download of LiveKit has the checksum ${found}, not LIVEKIT_DOWNLOAD_SHA256. It was thrown away.`,
      );
    }
    await writeFile(target, bytes);
    await chmod(target, 0o755);
  });
}
