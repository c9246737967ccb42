import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { say, step } from './console.ts';
import { LaunchError } from './launch-error.ts';
import { cacheFolder, root } from './settings.ts';
import { findProgram } from './system-packages.ts';

const run = promisify(execFile);

/** A program written in Go that is built from a module of its own below `tools`, pinned by its go.sum. */
export interface GoTool {
  readonly name: string;
  readonly version: string;
  /** What people wait for while it is built. */
  readonly purpose: string;
  /** Cold, on two cores. */
  readonly minutes: number;
  readonly program: string;
  /** Folder below `tools`. */
  readonly module: string;
  readonly package: string;
}

/** Path of the tool in the user's cache; `fill` puts it there (a folder is its argument) the first time. */
export async function cachedTool(tool: GoTool, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder, `${tool.module}-${tool.version}`);
  const cached = join(folder, tool.program);
  if (existsSync(cached)) return cached;
  await mkdir(cacheFolder, { recursive: true });
  const partial = await mkdtemp(`${folder}-`);
  try {
    await fill(partial);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(cached)) throw error;
  }
  return cached;
}

export async function buildGoTool(tool: GoTool, folder: string): Promise<void> {
  const { name, version, program, minutes } = tool;
  const go = findProgram('go') ?? (existsSync('/usr/local/go/bin/go') ? '/usr/local/go/bin/go' : null);
  if (go === null) {
    throw new LaunchError(
      `${name} ${version} is missing. Install Go (it builds ${name} in about ${minutes} minutes), or put ${program} on PATH.`,
    );
  }
  say(`Building ${name} ${version}: ${tool.purpose}. About ${minutes} minutes, once per user…`);
  await step(`Built ${name} ${version}`, async () => {
    const args = ['build', '-trimpath', '-ldflags', '-s -w', '-o', join(folder, program), tool.package];
    try {
      await run(go, args, { cwd: join(root, 'tools', tool.module), maxBuffer: 64 * 1024 * 1024 });
    } catch (error) {
      throw new LaunchError(
        `${name} could not be built. ${error instanceof Error ? error.message.slice(-1500) : String(error)}`,
      );
    }
  });
}
