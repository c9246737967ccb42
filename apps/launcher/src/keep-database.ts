import { type EmbeddedServerOptions, startEmbeddedServer } from '@streamus/db/embedded-server';
import { sayReady, sayWarning } from './console.ts';

const FIRST_PAUSE_MS = 500;
const LAST_PAUSE_MS = 10_000;

export interface KeptDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts PostgreSQL and starts it again whenever it ends without being told to; what was committed is there again. */
export async function keepDatabase(options: EmbeddedServerOptions): Promise<KeptDatabase> {
  let server = await startEmbeddedServer(options);
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let restarting: Promise<void> = Promise.resolve();

  function watch(): void {
    server.process.once('exit', (code, signal) => {
      if (stopping) return;
      sayWarning(`PostgreSQL ended (${signal ?? `code ${code}`}) and is started again.`);
      later(FIRST_PAUSE_MS);
    });
  }

  function later(pauseMs: number): void {
    timer = setTimeout(() => {
      restarting = restart(pauseMs);
    }, pauseMs);
  }

  async function restart(pauseMs: number): Promise<void> {
    try {
      server = await startEmbeddedServer(options);
    } catch (error) {
      sayWarning(`PostgreSQL did not start: ${error instanceof Error ? error.message : String(error)}`);
      if (!stopping) later(Math.min(pauseMs * 2, LAST_PAUSE_MS));
      return;
    }
    if (stopping) await server.stop();
    else {
      sayReady('PostgreSQL runs again');
      watch();
    }
  }

  watch();
  return {
    url: server.url,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await restarting;
      await server.stop();
    },
  };
}
