import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { say, step } from './console.ts';
import { LaunchError } from './launch-error.ts';
import { root } from './settings.ts';

const frontend = join(root, 'apps', 'frontend');
const skipped = new Set(['node_modules', '.next', 'dist', 'goldens', 'test']);

/** Path of the Next.js command. */
export const nextCommand = (): string =>
  createRequire(join(frontend, 'package.json')).resolve('next/dist/bin/next');

/** Builds the pages unless what they are made of is the same as at the last build. */
export async function buildPages(): Promise<void> {
  const marker = join(frontend, '.next', 'built-from');
  const state = sourceHash();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === state) return;
  say('Building the pages: about a minute, only after the code has changed…');
  await step('Built the pages', async () => {
    await runNextBuild();
    writeFileSync(marker, state);
  });
}

function sourceHash(): string {
  const hash = createHash('sha256');
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) visit(path);
      } else if (!entry.name.endsWith('.test.ts') && entry.name !== 'next-env.d.ts') {
        hash.update(path.slice(root.length)).update(readFileSync(path));
      }
    }
  };
  visit(frontend);
  for (const name of ['client', 'compositor', 'contracts', 'fonts', 'studio', 'ui'])
    visit(join(root, 'packages', name));
  return hash.update(readFileSync(join(root, 'pnpm-lock.yaml'))).digest('hex');
}

function runNextBuild(): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(process.execPath, [nextCommand(), 'build'], {
      cwd: frontend,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString('utf8')).slice(-4_000);
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new LaunchError(`The pages could not be built.\n${output}`));
    });
  });
}
