import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { say, step } from './console.ts';
import { LaunchError } from './launch-error.ts';
import { cacheFolder, root } from './settings.ts';
import { findProgram } from './system-packages.ts';

const run = promisify(execFile);

/** What tools/livekit/go.mod pins; older servers lack fixes this product relies on. */
export const LIVEKIT_VERSION = '1.13.5';

/**
 * Path of a LiveKit server: the one on PATH when it is new enough, else the one in the user's cache, which is
 * filled by a pinned download (LIVEKIT_DOWNLOAD_URL with LIVEKIT_DOWNLOAD_SHA256) or by building its Go module.
 */
export async function findLiveKit(): Promise<string> {
  const onPath = findProgram('livekit-server');
  if (onPath !== null && (await isNewEnough(onPath))) return onPath;
  const folder = join(cacheFolder, `livekit-${LIVEKIT_VERSION}`);
  const cached = join(folder, 'livekit-server');
  if (existsSync(cached)) return cached;
  await mkdir(cacheFolder, { recursive: true });
  const partial = await mkdtemp(`${folder}-`);
  try {
    const url = process.env.LIVEKIT_DOWNLOAD_URL;
    if (url) await download(url, process.env.LIVEKIT_DOWNLOAD_SHA256 ?? '', join(partial, 'livekit-server'));
    else await build(join(partial, 'livekit-server'));
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(cached)) throw error;
  }
  return cached;
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

async function build(target: string): Promise<void> {
  const go = findProgram('go') ?? (existsSync('/usr/local/go/bin/go') ? '/usr/local/go/bin/go' : null);
  if (go === null) {
    throw new LaunchError(
      `LiveKit ${LIVEKIT_VERSION} is missing. Install Go (it builds LiveKit in about 3 minutes), or put livekit-server on PATH.`,
    );
  }
  say(
    `Building LiveKit ${LIVEKIT_VERSION}: it carries everybody's sound and pictures. About 3 minutes, once per user…`,
  );
  await step(`Built LiveKit ${LIVEKIT_VERSION}`, async () => {
    try {
      await run(
        go,
        [
          'build',
          '-trimpath',
          '-ldflags',
          '-s -w',
          '-o',
          target,
          'github.com/livekit/livekit-server/cmd/server',
        ],
        { cwd: join(root, 'tools', 'livekit'), maxBuffer: 64 * 1024 * 1024 },
      );
    } catch (error) {
      throw new LaunchError(
        `LiveKit could not be built. ${error instanceof Error ? error.message.slice(-1500) : String(error)}`,
      );
    }
  });
}
