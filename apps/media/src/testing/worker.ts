import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A media worker in a process of its own. */
export interface WorkerProcess {
  readonly pid: number;
  readonly running: () => boolean;
  /** Sends SIGTERM and waits; the exit code, null after a signal. */
  stop(): Promise<number | null>;
}

/** A file system of the worker's own, which nobody else sees; it lasts as long as the worker. */
export interface OwnDisk {
  /** Where it is mounted. */
  readonly folder: string;
  readonly mebibytes: number;
}

/** `said` is called with what it and its children write. */
export function startWorker(
  environment: Readonly<Record<string, string | undefined>>,
  said: (text: string) => void,
  disk?: OwnDisk,
): WorkerProcess {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const [program = '', ...args] = [...(disk === undefined ? [] : onDisk(disk)), process.execPath, main];
  const child = spawn(program, args, {
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

/** Put in front of a command: mounts the disk for it, in namespaces that need no rights, and becomes the command. */
export function onDisk({ folder, mebibytes }: OwnDisk): string[] {
  const mount = `mount -t tmpfs -o size=${mebibytes}m none "$0" && exec "$@"`;
  return ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', mount, folder];
}
