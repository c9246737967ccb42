import { type ChildProcess, spawn } from 'node:child_process';
import { z } from 'zod';
import { freePort } from '../free-port.ts';
import { startOwnScreen } from '../own-screen.ts';

const READY_LIMIT_MS = 20_000;
/** How long a button may take to be there. */
const FIND_LIMIT_MS = 20_000;
/** What a script in the page may take. */
const SCRIPT_LIMIT_MS = 60_000;
const POLL_MS = 50;

/** A page in a real WebKit: the engine of Safari, as GTK has it, which comes without WebRTC. */
export interface Webkit {
  goto(address: string): Promise<void>;
  /** Runs `what` in the page, from its source text: it uses nothing but its arguments and the browser. */
  evaluate<const A extends readonly Json[], R>(what: (...args: A) => R | Promise<R>, ...args: A): Promise<R>;
  /** Clicks the button of this name as a person does, which lets the page play sound. */
  click(button: string): Promise<void>;
  close(): Promise<void>;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Of a script: it cannot fail by itself, its answer is lost then. */
const outcomeSchema = z.union([z.object({ value: z.unknown() }), z.object({ error: z.string() })]);

/**
 * Starts WebKitGTK's small browser over WebDriver, on a screen of its own, with processors and generators of tracks in workers as
 * Safari has them from 18 on. A few requests of that protocol are all this needs: clients of the whole of it bring programs along.
 */
export async function startWebkit(): Promise<Webkit> {
  const port = await freePort();
  const screen = await startOwnScreen();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: screen.name },
  });
  const ended = new Promise<void>((resolve) => driver.once('close', () => resolve()));
  const send = client(`http://127.0.0.1:${port}`);
  async function stop(): Promise<void> {
    driver.kill();
    await ended;
    await screen.close();
  }
  try {
    await untilReady(driver, send);
    const { sessionId } = z.object({ sessionId: z.string() }).parse(
      await send('POST', '/session', {
        capabilities: {
          alwaysMatch: {
            timeouts: { script: SCRIPT_LIMIT_MS, implicit: FIND_LIMIT_MS },
            'webkitgtk:browserOptions': { args: ['--automation', '--features=MediaStreamTrackProcessing'] },
          },
        },
      }),
    );
    const session = `/session/${sessionId}`;
    return {
      async goto(url) {
        await send('POST', `${session}/url`, { url });
      },
      async evaluate(what, ...args) {
        const script = `const done = arguments[1]; Promise.resolve().then(() => (${what})(...arguments[0]))
          .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
        const outcome = outcomeSchema.parse(
          await send('POST', `${session}/execute/async`, { script, args: [args] }),
        );
        if ('error' in outcome) throw new Error(`in the page: ${outcome.error}`);
        // As JSON carries it; the caller's types are those of its own function.
        return outcome.value as Awaited<ReturnType<typeof what>>;
      },
      async click(button) {
        const value = `//button[normalize-space()="${button}"]`;
        const found = await send('POST', `${session}/element`, { using: 'xpath', value });
        // Under the protocol's own key for elements.
        const [id] = Object.values(z.record(z.string(), z.string()).parse(found));
        await send('POST', `${session}/element/${id}/click`, {});
      },
      async close() {
        try {
          await send('DELETE', session);
        } finally {
          await stop();
        }
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Send = (method: string, path: string, body?: Json) => Promise<unknown>;

const answerSchema = z.object({ value: z.unknown() });

function client(base: string): Send {
  return async (method, path, body) => {
    const response = await fetch(`${base}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = answerSchema.parse(await response.json());
    if (!response.ok) throw new Error(`WebKit: ${JSON.stringify(value)}`);
    return value;
  };
}

async function untilReady(driver: ChildProcess, send: Send): Promise<void> {
  const failed = new Promise<never>((_, reject) => {
    driver.once('error', reject);
    driver.once('close', () => reject(new Error('WebKit’s driver ended')));
  });
  failed.catch(() => undefined);
  const limit = AbortSignal.timeout(READY_LIMIT_MS);
  const poll = async (): Promise<void> => {
    while (!limit.aborted) {
      try {
        await send('GET', '/status');
        return;
      } catch {
        // It does not listen yet.
        await new Promise((wake) => setTimeout(wake, POLL_MS));
      }
    }
    throw new Error('WebKit’s driver did not start in time');
  };
  await Promise.race([poll(), failed]);
}
