import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { GoTool } from './build-go-tool.ts';
import { say, step } from './console.ts';
import { LaunchError } from './launch-error.ts';

const run = promisify(execFile);
/** On a line slower than this needs for 20 MB, building is as quick. */
const LIMIT_MS = 120_000;

/** A program as its vendor publishes it: the program itself, or a .tar.gz that holds it. */
export interface Release {
  readonly url: string;
  /** Of the file behind `url`, in hex. */
  readonly sha256: string;
}

/** Puts a release's program into `folder`. A LaunchError says why it could not; nothing unchecked is unpacked. */
export async function downloadTool(
  { name, version, purpose, program }: GoTool,
  { url, sha256 }: Release,
  folder: string,
): Promise<void> {
  say(`Downloading ${name} ${version}: ${purpose}.`);
  await step(`Downloaded ${name} ${version}`, async () => {
    const bytes = await download(name, url);
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256.toLowerCase()) {
      throw new LaunchError(
        `The download of ${name} has the checksum ${found}, not ${sha256 || 'any that was named'}. It was thrown away.`,
      );
    }
    const target = join(folder, program);
    if (url.endsWith('.tar.gz')) await unpack(name, bytes, folder, program);
    else await writeFile(target, bytes);
    await chmod(target, 0o755);
  });
}

async function download(name: string, url: string): Promise<Buffer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw new LaunchError(`${name} could not be downloaded (${reasonOf(error)}).`);
  }
}

/** What `fetch` hides behind "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}

async function unpack(name: string, bytes: Buffer, folder: string, program: string): Promise<void> {
  const archive = join(folder, 'release.tar.gz');
  await writeFile(archive, bytes);
  try {
    await run('tar', ['-xzf', archive, '-C', folder, program]);
  } catch {
    // Its checksum is right, so the archive is what it was meant to be; tar's own words would not help anybody.
    throw new LaunchError(`The download of ${name} is no archive with ${program} in it.`);
  } finally {
    await rm(archive, { force: true });
  }
}
