import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

export interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

/** Everything that needs no server, cheapest first. */
export const checks: readonly Check[] = [
  { name: 'format and lint', command: [bin('biome'), 'ci', '--colors=off', '--error-on-warnings', '.'] },
  {
    name: 'import rules',
    command: [bin('depcruise'), '--config', '.dependency-cruiser.mjs', 'apps', 'packages'],
  },
  { name: 'types (server)', command: [bin('tsc'), '-p', 'tsconfig.json'] },
  { name: 'types (backend)', command: [bin('tsc'), '-p', 'apps/backend'] },
  { name: 'types (pages)', command: [bin('tsc'), '-p', 'tsconfig.pages.json'] },
  { name: 'types (browser tests)', command: [bin('tsc'), '-p', 'tsconfig.web.json'] },
  { name: 'unused code', command: [bin('knip'), '--no-progress', '--exclude', 'types'] },
];

/** Runs one check; its output is shown only when it fails. */
export function runCheck({ name, command }: Check): Promise<boolean> {
  const [program, ...args] = command;
  const started = performance.now();
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
      });
    }
    child.once('error', (error) => {
      output += error.message;
    });
    child.once('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
      if (code !== 0) console.log(output);
      resolve(code === 0);
    });
  });
}

async function main(): Promise<void> {
  const unit: Check = {
    name: 'unit tests',
    command: [bin('vitest'), 'run', '--project', 'unit', '--silent'],
  };
  let failed = 0;
  for (const check of [...checks, unit]) if (!(await runCheck(check))) failed += 1;
  process.exitCode = failed === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
