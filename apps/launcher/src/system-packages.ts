import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say, step } from './console.ts';
import { LaunchError } from './launch-error.ts';

/** A part that comes from the operating system. */
export interface SystemPart {
  readonly name: string;
  readonly why: string;
  readonly debianPackages: readonly string[];
  isThere(): boolean;
}

/** Path of a program, or null. */
export function findProgram(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

export const ffmpeg: SystemPart = {
  name: 'FFmpeg',
  why: 'it sends streams out and writes recordings',
  debianPackages: ['ffmpeg'],
  isThere: () => findProgram('ffmpeg') !== null && findProgram('ffprobe') !== null,
};

export const chromium: SystemPart = {
  name: 'Chromium',
  why: 'the tests use the product in a real browser',
  debianPackages: ['chromium'],
  isThere: () => findProgram('chromium') !== null,
};

export const firefox: SystemPart = {
  name: 'Firefox',
  why: 'the tests use the product in a second browser',
  debianPackages: ['firefox-esr'],
  isThere: () => findProgram('firefox-esr') !== null,
};

export const webkit: SystemPart = {
  name: 'WebKit',
  why: 'the tests use the product in the engine of Safari',
  debianPackages: ['webkit2gtk-driver', 'gstreamer1.0-plugins-bad', 'gstreamer1.0-libav'],
  isThere: () => findProgram('WebKitWebDriver') !== null,
};

export const xvfb: SystemPart = {
  name: 'Xvfb',
  why: 'the tests hide the windows of a real browser, and there may be no screen',
  debianPackages: ['xvfb'],
  isThere: () => findProgram('Xvfb') !== null,
};

export const windowManager: SystemPart = {
  name: 'Openbox',
  why: 'the tests minimise the windows of a real browser and put one in front of another',
  debianPackages: ['openbox'],
  isThere: () => findProgram('openbox') !== null,
};

export const nginxRtmp: SystemPart = {
  name: 'nginx with its RTMP module',
  why: 'the tests stream to a real RTMP server',
  debianPackages: ['nginx', 'libnginx-mod-rtmp'],
  isThere: () => {
    const nginx = findProgram('nginx') ?? (existsSync('/usr/sbin/nginx') ? '/usr/sbin/nginx' : null);
    return nginx !== null && existsSync('/usr/lib/nginx/modules/ngx_rtmp_module.so');
  },
};

export const fonts: SystemPart = {
  name: 'a basic font',
  why: 'the golden pictures contain text',
  debianPackages: ['fonts-dejavu-core'],
  isThere: () => existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'),
};

/** Installs what is missing when that is permitted; otherwise throws one sentence with the exact command. */
export async function installParts(parts: readonly SystemPart[]): Promise<void> {
  const missing = parts.filter((part) => !part.isThere());
  if (missing.length === 0) return;
  const packages = missing.flatMap((part) => part.debianPackages);
  const command = `apt-get install -y ${packages.join(' ')}`;
  const become = elevation();
  if (findProgram('apt-get') === null || become === null) {
    throw new LaunchError(
      `${missing.map((part) => part.name).join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing. Install with: sudo ${command}`,
    );
  }
  for (const part of missing) say(`Installing ${part.name}: ${part.why}.`);
  await step(`Installed ${packages.join(', ')}`, async () => {
    runQuietly([...become, 'apt-get', 'update']);
    const result = runQuietly([
      ...become,
      'apt-get',
      'install',
      '-y',
      '--no-install-recommends',
      ...packages,
    ]);
    const stillMissing = missing.filter((part) => !part.isThere());
    if (stillMissing.length === 0) return;
    throw new LaunchError(
      `${stillMissing.map((part) => part.name).join(' and ')} could not be installed. Try by hand: sudo ${command}\n${result}`,
    );
  });
}

/** How to become root: already root, or sudo without a password; null when neither. */
function elevation(): string[] | null {
  if (process.getuid?.() === 0) return [];
  if (findProgram('sudo') === null) return null;
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null;
}

/** Runs a command to its end; returns the last of what it wrote. */
function runQuietly(command: readonly string[]): string {
  const [program = '', ...args] = command;
  const result = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return `${result.stdout}${result.stderr}`.slice(-2000);
}
