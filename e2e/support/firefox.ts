import { type ClockCameraOptions, clockCameraScript } from '@streamus/testkit/clock-camera';
import puppeteer, { type Page } from 'puppeteer-core';

/** A person in a real Firefox, driven over WebDriver BiDi; finds things by role and name, as people do. */
export interface FirefoxPerson {
  readonly page: Page;
  click(role: string, name: string): Promise<void>;
  fill(label: string, text: string): Promise<void>;
  /** Waits until the page says so. */
  sees(words: string): Promise<void>;
  /** Opens another tab over this one; waits until the browser hides it. */
  hide(): Promise<void>;
  close(): Promise<void>;
}

const LIMIT_MS = 30_000;

export async function startFirefox(camera: Partial<ClockCameraOptions>): Promise<FirefoxPerson> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
    defaultViewport: { width: 1280, height: 720 },
    extraPrefsFirefox: {
      // As after a visit with sound: pages may play it at once.
      'media.autoplay.default': 0,
      'media.autoplay.blocking_policy': 0,
      // All of the show is on this machine, and the clock camera needs no permission that would open its addresses.
      'media.peerconnection.ice.loopback': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
    },
  });
  const [page = await browser.newPage()] = await browser.pages();
  page.setDefaultTimeout(LIMIT_MS);
  await page.evaluateOnNewDocument(clockCameraScript({ width: 640, height: 360, fps: 15, ...camera }));
  return {
    page,
    click: (role, name) => page.locator(`::-p-aria([name="${name}"][role="${role}"])`).click(),
    fill: (label, text) => page.locator(fieldOf(label)).fill(text),
    async sees(words) {
      await page.locator(`::-p-text(${words})`).wait();
    },
    async hide() {
      const other = await browser.newPage();
      await other.bringToFront();
      await page.waitForFunction(() => document.hidden, { polling: 100 });
    },
    close: () => browser.close(),
  };
}

/** By its label: fields for secrets have no role. */
const fieldOf = (label: string): string =>
  `::-p-aria([name="${label}"][role="textbox"]), ::-p-xpath(//input[@id=//label[normalize-space()="${label}"]/@for])`;
