import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { buildGoTool, cachedTool, type GoTool } from './build-go-tool.ts';
import { sayWarning } from './console.ts';
import { downloadTool, type Release } from './download-tool.ts';
import { LaunchError } from './launch-error.ts';
import { readEnvironment } from './settings.ts';
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

/** The vendor's archives and their SHA-256 as its own checksums.txt of this release lists them. */
const RELEASES = `https://github.com/livekit/livekit/releases/download/v${LIVEKIT_VERSION}`;
const releases: Readonly<Record<string, Release>> = {
  'linux x64': {
    url: `${RELEASES}/livekit_${LIVEKIT_VERSION}_linux_amd64.tar.gz`,
    sha256: 'c020fac437b7cc9b776eef1ad5ea8af77be9acfa07602eca20a3a44930dfbc70',
  },
  'linux arm64': {
    url: `${RELEASES}/livekit_${LIVEKIT_VERSION}_linux_arm64.tar.gz`,
    sha256: '332015305518765fe05bad74fc3a9d9583e635e7dd130de3c4fc563d69c550f3',
  },
};

/**
 * Path of a LiveKit server: the one on PATH when it is new enough, else the one in the user's cache, which is
 * filled by a download (the vendor's, or LIVEKIT_DOWNLOAD_URL with LIVEKIT_DOWNLOAD_SHA256) or by building its Go module.
 */
export async function findLiveKit(): Promise<string> {
  const onPath = findProgram(livekit.program);
  if (onPath !== null && (await isNewEnough(onPath))) return onPath;
  const { LIVEKIT_DOWNLOAD_URL: url, LIVEKIT_DOWNLOAD_SHA256: sha256 = '' } = readEnvironment();
  return cachedTool(livekit, (folder) =>
    bringTool(livekit, folder, {
      named: url ? { url, sha256 } : undefined,
      vendor: releases[`${process.platform} ${process.arch}`],
      build: () => buildGoTool(livekit, folder),
    }),
  );
}

/** Fills `folder`: what the operator named is taken or told why not; the vendor's release may fail, then it is built. */
export async function bringTool(
  tool: GoTool,
  folder: string,
  ways: {
    readonly named: Release | undefined;
    readonly vendor: Release | undefined;
    readonly build: () => Promise<void>;
  },
): Promise<void> {
  if (ways.named !== undefined) return downloadTool(tool, ways.named, folder);
  if (ways.vendor !== undefined) {
    try {
      return await downloadTool(tool, ways.vendor, folder);
    } catch (error) {
      if (!(error instanceof LaunchError)) throw error;
      sayWarning(`${error.message} It is built here instead.`);
    }
  }
  return ways.build();
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
