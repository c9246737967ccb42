import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { sayWarning } from './console.ts';
import { restartPause } from './restart-pause.ts';
import { findProgram } from './system-packages.ts';

export interface ChildOptions {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logFile: string;
  readonly verbose: boolean;
  /** Node programs also hear of our end over IPC; the kernel ties all to us where it can. */
  readonly isNode: boolean;
}

export interface Child {
  readonly name: string;
  stop(): Promise<void>;
}

/** Stopping politely must not take longer; what is left then is killed. */
const STOP_LIMIT_MS = 8_000;

/** Runs a program for as long as the product runs: logs go to a file, a crash is told and mended by a restart. */
export function startChild(options: ChildOptions): Child {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile, { flags: 'a' });
  let stopping = false;
  let current: ChildProcess | null = null;
  let timer: NodeJS.Timeout | null = null;
  let pauseMs = 0;

  function start(): void {
    const startedAt = performance.now();
    const child = launch(options, log);
    current = child;
    child.once('error', (error) => sayWarning(`${options.name} could not start: ${error.message}`));
    child.once('exit', (code, signal) => {
      current = null;
      if (stopping) return;
      pauseMs = restartPause(pauseMs, performance.now() - startedAt);
      const when = pauseMs === 0 ? 'at once' : `in ${pauseMs / 1000} s`;
      sayWarning(
        `${options.name} ended (${signal ?? `code ${code}`}) and is started again ${when}. Its log: ${options.logFile}`,
      );
      timer = setTimeout(start, pauseMs);
    });
  }

  start();
  return {
    name: options.name,
    async stop() {
      stopping = true;
      if (timer !== null) clearTimeout(timer);
      if (current !== null) await stopProcess(current);
      log.end();
    },
  };
}

function launch(options: ChildOptions, log: WriteStream): ChildProcess {
  const setpriv = process.platform === 'linux' ? findProgram('setpriv') : null;
  const [program, args] =
    setpriv === null
      ? [options.program, options.args]
      : [setpriv, ['--pdeathsig', 'TERM', options.program, ...options.args]];
  // A group of its own: Ctrl-C in the terminal reaches the launcher alone, which stops everything in order.
  const child = spawn(program, [...args], {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: options.isNode ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      log.write(chunk);
      if (options.verbose) process.stdout.write(`[${options.name}] ${chunk.toString('utf8')}`);
    });
  }
  return child;
}

export function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
