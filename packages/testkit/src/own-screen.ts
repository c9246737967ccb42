import { spawn } from 'node:child_process';

export interface OwnScreen {
  /** For DISPLAY. */
  readonly name: string;
  close(): Promise<void>;
}

/** A screen that nobody sees (Xvfb), of a number that is free. */
export function startOwnScreen(): Promise<OwnScreen> {
  const numberAt = 3;
  const child = spawn(
    'Xvfb',
    ['-displayfd', String(numberAt), '-screen', '0', '1280x800x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error('Xvfb ended')));
    child.stdio[numberAt]?.once('data', (number: Buffer) => {
      resolve({
        name: `:${number.toString('utf8').trim()}`,
        async close() {
          child.kill();
          await ended;
        },
      });
    });
  });
}
