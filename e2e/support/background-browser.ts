import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { type OwnScreen, startOwnScreen } from '@streamus/testkit/own-screen';

const READY_LIMIT_MS = 20_000;

/** A browser that outlives the test's hold on it. */
export interface BackgroundBrowser {
  /**
   * Takes hold of the browser. While anybody does, every tab counts as visible and focused: what happens to a hidden tab
   * can be seen only between `close` of one hold, which lets go, and the next `hold`.
   */
  hold(): Promise<Browser>;
  close(): Promise<void>;
}

/** `own`: windows on a screen of the browser's own (Xvfb), which somebody manages (Openbox); `none`: no windows. */
export type Screen = 'own' | 'none';

/** Starts Chromium as people do: with all its thrift in hidden tabs, which Playwright's own start switches off. */
export async function startBackgroundBrowser(screen: Screen): Promise<BackgroundBrowser> {
  const display = screen === 'own' ? await startManagedScreen() : null;
  const profile = await mkdtemp(join(tmpdir(), 'streamus-browser-'));
  const child = spawn(
    process.env.CHROMIUM ?? '/usr/bin/chromium',
    [
      ...(display === null ? ['--headless'] : []),
      ...['--no-sandbox', '--no-first-run', '--disable-background-networking'],
      ...['--autoplay-policy=no-user-gesture-required', '--window-size=1280,800'],
      ...['--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...(display === null ? {} : { DISPLAY: display.name }) },
    },
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const address = await debuggingAddress(child);
  return {
    hold: () => chromium.connectOverCDP(address),
    async close() {
      child.kill();
      await ended;
      await display?.close();
      // Helpers of the browser write on for a moment after it has ended.
      await rm(profile, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

async function startManagedScreen(): Promise<OwnScreen> {
  const screen = await startOwnScreen();
  try {
    const manager = await startWindowManager(screen.name);
    return {
      name: screen.name,
      async close() {
        await manager.close();
        await screen.close();
      },
    };
  } catch (error) {
    await screen.close();
    throw error;
  }
}

/** Without one windows cannot be minimised. Done when it manages the screen. */
function startWindowManager(display: string): Promise<Pick<OwnScreen, 'close'>> {
  const said = 'it manages';
  const child = spawn('openbox', ['--sm-disable', '--startup', `echo ${said}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, DISPLAY: display },
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error('Openbox ended')));
    child.stdout.on('data', (chunk: Buffer) => {
      if (!chunk.includes(said)) return;
      resolve({
        async close() {
          child.kill();
          await ended;
        },
      });
    });
  });
}

function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string) => reject(new Error(`Chromium ${why}: ${said}`));
    const timer = setTimeout(() => {
      child.kill();
      fail('did not start in time');
    }, READY_LIMIT_MS);
    child.once('error', reject);
    child.once('close', () => fail('ended'));
    child.stderr?.on('data', (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString('utf8');
      const address = /DevTools listening on (\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}
