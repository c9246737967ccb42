import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPages } from '../apps/launcher/src/build-pages.ts';
import { say } from '../apps/launcher/src/console.ts';
import { findLiveKit } from '../apps/launcher/src/find-livekit.ts';
import {
  chromium,
  ffmpeg,
  firefox,
  fonts,
  installParts,
  nginxRtmp,
  webkit,
  windowManager,
  xvfb,
} from '../apps/launcher/src/system-packages.ts';
import { checks, runCheck } from './check.ts';
import { failedTests } from './failed-tests.ts';
import { findS3Server } from './find-s3-server.ts';

const root = join(import.meta.dirname, '..');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, a line each. */
  readonly failures: readonly string[];
}

interface Suite {
  readonly name: string;
  run(reportFile: string): Promise<Counts>;
}

const suites: readonly Suite[] = [
  { name: 'checks', run: runChecks },
  { name: 'unit', run: (report) => runVitest(['unit'], report) },
  { name: 'database', run: (report) => runVitest(['database'], report) },
  { name: 'golden', run: (report) => runVitest(['golden'], report) },
  { name: 'media', run: (report) => runVitest(['media', 'sync'], report) },
  { name: 'e2e', run: (report) => runPlaywright(['screens', 'shows'], report) },
];

/** What takes too long for every change; runs when it is named. */
const deep: Suite = {
  name: 'deep',
  async run(report) {
    const journeys = await runPlaywright(['deep'], report);
    const rest = await runVitest(['deep'], report);
    return {
      passed: journeys.passed + rest.passed,
      failed: journeys.failed + rest.failed,
      skipped: journeys.skipped + rest.skipped,
      failures: [...journeys.failures, ...rest.failures],
    };
  },
};

/**
 * The whole test suite from nothing: installs what is missing, runs every suite (or those named in `args`), and ends
 * with the line `N passed, N failed, N skipped`. Returns the exit code.
 */
export async function runTests(args: readonly string[]): Promise<number> {
  const wanted = args.length === 0 ? suites : [...suites, deep].filter(({ name }) => args.includes(name));
  if (wanted.length === 0) {
    say(`There is no such suite. The suites: ${[...suites, deep].map(({ name }) => name).join(', ')}.`);
    return 1;
  }
  const parts = [ffmpeg, chromium, nginxRtmp, fonts];
  await installParts(wanted.includes(deep) ? [...parts, firefox, webkit, xvfb, windowManager] : parts);
  await findLiveKit();
  await findS3Server();
  await buildPages();

  const folder = await mkdtemp(join(tmpdir(), 'streamus-report-'));
  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  const failures: string[] = [];
  for (const suite of wanted) {
    say(`\n── ${suite.name}`);
    const started = performance.now();
    const counts = await suite.run(join(folder, `${suite.name}.json`));
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    failures.push(...counts.failures);
    lines.push(`${suite.name}: ${sentence(counts)} in ${Math.round((performance.now() - started) / 1000)} s`);
  }
  await rm(folder, { recursive: true, force: true });
  say(`\n${[...failures, ...lines].join('\n')}`);
  say(sentence(total));
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

const sentence = ({ passed, failed, skipped }: Omit<Counts, 'failures'>): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

async function runChecks(): Promise<Counts> {
  const failures: string[] = [];
  for (const check of checks) if (!(await runCheck(check))) failures.push(`✗ ${check.name}`);
  const { length: failed } = failures;
  return { passed: checks.length - failed, failed, skipped: 0, failures };
}

async function runVitest(projects: readonly string[], reportFile: string): Promise<Counts> {
  const code = await run(bin('vitest'), [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
  ]);
  const report = await readReport(reportFile);
  const counts = {
    passed: numberIn(report, 'numPassedTests'),
    failed: numberIn(report, 'numFailedTests'),
    skipped: numberIn(report, 'numPendingTests') + numberIn(report, 'numTodoTests'),
    failures: failedTests(report),
  };
  // A suite that breaks outside its tests (set-up, import) failed, whatever it counted.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

async function runPlaywright(projects: readonly string[], reportFile: string): Promise<Counts> {
  const named = projects.map((project) => `--project=${project}`);
  const code = await run(bin('playwright'), ['test', '--config', 'e2e/playwright.config.ts', ...named], {
    E2E_REPORT: reportFile,
  });
  const report = await readReport(reportFile);
  const { stats } = report;
  const counts = {
    passed: numberIn(stats, 'expected'),
    failed: numberIn(stats, 'unexpected') + numberIn(stats, 'flaky'),
    skipped: numberIn(stats, 'skipped'),
    failures: failedTests(report),
  };
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** A missing or broken report counts nothing; the exit code then makes the suite fail. */
async function readReport(path: string): Promise<Record<string, unknown>> {
  try {
    const report: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isRecord(report) ? report : {};
  } catch {
    return {};
  }
}

function numberIn(value: unknown, name: string): number {
  const found = isRecord(value) ? value[name] : undefined;
  return typeof found === 'number' ? found : 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
