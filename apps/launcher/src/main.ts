import { buildPages, nextCommand } from './build-pages.ts';
import { say, sayReady, sayWarning } from './console.ts';
import { LaunchError } from './launch-error.ts';
import { readEnvironment, readSettings } from './settings.ts';
import { type PagesProgram, startStack } from './stack.ts';
import { ffmpeg, installParts } from './system-packages.ts';

const [command = 'start', ...args] = process.argv.slice(2);

async function run(): Promise<number> {
  switch (command) {
    case 'start':
      return serve(async () => {
        await buildPages();
        return { mode: 'production', args: [nextCommand(), 'start', '-H', '127.0.0.1'] };
      });
    case 'dev':
      return serve(async () => ({ mode: 'development', args: [nextCommand(), 'dev', '-H', '127.0.0.1'] }));
    case 'test': {
      const { runTests } = await import('../../../scripts/test.ts');
      return runTests(args);
    }
    case 'bench': {
      const { runBench } = await import('../../../scripts/bench.ts');
      return runBench(args);
    }
    case 'soak': {
      const { runSoak } = await import('../../../scripts/soak.ts');
      return runSoak(args);
    }
    default:
      throw new LaunchError(`There is no command "${command}". Use start, dev, test, bench or soak.`);
  }
}

/** Runs the product until it is told to stop. */
async function serve(preparePages: () => Promise<PagesProgram>): Promise<number> {
  const started = performance.now();
  const stop = new AbortController();
  const stopped = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () =>
      stop.abort(new LaunchError('Stopped before it was ready. Nothing is left running.')),
    );
  }
  const settings = readSettings(args, readEnvironment());
  await installParts([ffmpeg]);
  const stack = await startStack(settings, await preparePages(), stop.signal);
  sayReady(`StreamUs is ready after ${((performance.now() - started) / 1000).toFixed(1)} s`);
  say(`\n  Open ${stack.url}\n\n  Data: ${settings.dataFolder}\n  Ctrl-C stops everything.\n`);
  await stopped;
  say('\nStopping…');
  await stack.stop();
  sayReady('Stopped. Nothing is left running.');
  return 0;
}

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof LaunchError)) throw error;
  sayWarning(error.message);
  process.exitCode = 1;
}
