import { type ChildProcess, fork } from 'node:child_process';
import type { z } from 'zod';

/** A child that lived shorter than this is started again after a pause only. */
const SHORT_LIFE_MS = 2_000;
const PAUSE_MS = 800;
/**
 * Node doubles its young generation, up to 128 MB, whenever much outlives a collection, as all of a WebRTC session does. An ingest
 * that joined its room a hundred times anew had grown by 110 MB of mere garbage; with this bound by 6, and at no cost that shows.
 */
const NODE_ARGUMENTS = [...process.execArgv, '--max-semi-space-size=4'];

export interface ChildHooks<In> {
  /** A new process runs and knows nothing yet. */
  started(): void;
  message(message: In): void;
  /** It ended although it was wanted; it comes back by itself. */
  died(reason: string): void;
}

/** One process that is kept running until it is told to end. */
export class SupervisedChild<In, Out> {
  readonly #module: URL;
  readonly #schema: z.ZodType<In>;
  readonly #hooks: ChildHooks<In>;
  #process: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #ending = false;

  constructor(module: URL, schema: z.ZodType<In>, hooks: ChildHooks<In>) {
    this.#module = module;
    this.#schema = schema;
    this.#hooks = hooks;
    this.#start();
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  send(message: Out): void {
    // A message lost with its process is sent again in `started` of the next one.
    if (this.#process?.connected === true) this.#process.send(message as object, () => undefined);
  }

  /** Lets it end: sends `farewell` when given, and kills it when it is still there after `patienceMs`. */
  async end(farewell: Out | undefined, patienceMs: number): Promise<void> {
    this.#ending = true;
    clearTimeout(this.#timer);
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    if (farewell === undefined) child.kill('SIGKILL');
    else this.send(farewell);
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await exited;
    clearTimeout(timer);
  }

  #start(): void {
    const startedAt = performance.now();
    // Neither arguments nor environment carry secrets.
    const child = fork(this.#module, [], {
      env: childEnvironment(),
      execArgv: NODE_ARGUMENTS,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#process = child;
    child.on('message', (message) => {
      if (this.#process === child) this.#hooks.message(this.#schema.parse(message));
    });
    child.on('error', () => undefined);
    child.on('exit', (code, signal) => {
      if (this.#ending) return;
      this.#hooks.died(String(code ?? signal));
      const pause = performance.now() - startedAt < SHORT_LIFE_MS ? PAUSE_MS : 0;
      this.#timer = setTimeout(() => this.#start(), pause);
    });
    this.#hooks.started();
  }
}

const PASSED_ON = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'TZ',
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
  'NODE_COMPILE_CACHE',
];

function childEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
