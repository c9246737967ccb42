import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A media worker in a process of its own. */
export interface WorkerProcess {
  readonly pid: number;
  readonly running: () => boolean;
  /** Sends SIGTERM and waits; the exit code, null after a signal. */
  stop(): Promise<number | null>;
}

/** `said` is called with what it and its children write. */
export function startWorker(
  environment: Readonly<Record<string, string | undefined>>,
  said: (text: string) => void,
): WorkerProcess {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const running = () => child.exitCode === null && child.signalCode === null;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => said(chunk.toString('utf8')));
  }
  return {
    pid: child.pid ?? 0,
    running,
    async stop() {
      if (!running()) return child.exitCode;
      const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
  };
}
