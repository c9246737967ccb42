import { median, pictureBox } from '@streamus/testkit/clock-pattern';
import { flashBeepSkew, flvFile, readFrames } from '@streamus/testkit/judge-media';
import { checkTags, type Publication, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { goLiveTo } from '../support/go-live.ts';
import { firstPublication, lastVideoMs, untilMs } from '../support/judge-show.ts';
import { command, enterStudio, newVisitor, registerHost, SMALL_PROGRAMME } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2', beepHz: 1000, periodMs: 1000 };
const WHOLE = pictureBox({ x: 0, y: 0, ...SMALL_PROGRAMME }, 16 / 9, 'cover');
const SKEW_LIMIT_S = 0.1;
/** A mix without a sound card catches up afterwards: of this, 400 to 950 ms stay lost. */
const BUSY_MS = 1_000;
/** More than a few late packets. */
const LEAST_LOST_MS = 250;
/** Half a second is followed within two; less, with the next true report: Chromium's come after 7.5 s at most, LiveKit's every three. */
const IN_STEP_AGAIN_MS = 12_000;
const JUDGED_MS = 5_000;

test.setTimeout(120_000);

test('a machine too busy to mix for a moment loses that sound, and what follows is in step with its picture', async ({
  browser,
}) => {
  const sink = await startRtmpSink();
  try {
    // Whose policy forbids scripts such as the one that keeps it busy.
    const context = await newVisitor(browser, HOST, { bypassCSP: true });
    await context.addInitScript(keepMixes);
    const host = await registerHost(context);
    const { page } = host;
    await command(host, { type: 'set-programme', programme: SMALL_PROGRAMME });
    await enterStudio(page);
    await goLiveTo(page, 'Sink', sink.url);
    const publication = await firstPublication(sink);
    await untilMs(sink, publication, JUDGED_MS);
    const before = lastVideoMs(publication);
    const programme = page
      .getByRole('tabpanel', { name: 'Health' })
      .getByRole('region', { name: 'Programme' });
    await page.getByRole('tab', { name: 'Health' }).click();
    await programme.getByText('Details').click();
    await page.evaluate(keepBusy, BUSY_MS);
    // Told by the second; a busy one may lie in two of them.
    let told = { at: performance.now(), ms: 0 };
    const lost = async () => {
      const text = await programme.textContent();
      const perSecond = Number(/Sound lost\s*(\d+) ms/.exec(text ?? '')?.[1]);
      const at = performance.now();
      told = { at, ms: told.ms + (perSecond * (at - told.at)) / 1_000 };
      return told.ms;
    };
    await expect.poll(lost, { intervals: [100], timeout: 15_000 }).toBeGreaterThan(LEAST_LOST_MS);
    const after = lastVideoMs(publication) + IN_STEP_AGAIN_MS;
    await untilMs(sink, publication, after + JUDGED_MS);

    expect(checkTags(publication.tags).problems).toEqual([]);
    for (const [fromMs, toMs] of [
      [0, before],
      [after, after + JUDGED_MS],
    ] as const) {
      const skews = await skewsOf(publication, fromMs, toMs);
      expect(skews.length, 'flashes with their beep').toBeGreaterThanOrEqual(JUDGED_MS / 1_000 - 2);
      expect(Math.abs(median(skews)), `${fromMs} to ${toMs} ms: ${skews.join(' ')}`).toBeLessThanOrEqual(
        SKEW_LIMIT_S,
      );
    }
  } finally {
    await sink.close();
  }
});

async function skewsOf(publication: Publication, fromMs: number, toMs: number): Promise<number[]> {
  const file = await flvFile(publication.tags);
  try {
    const frames = await readFrames(file.path, SMALL_PROGRAMME, [WHOLE]);
    const wanted = frames.filter(({ time }) => time * 1_000 >= fromMs && time * 1_000 < toMs);
    return await flashBeepSkew(file.path, wanted, 0, HOST.beepHz, HOST.periodMs / 1_000);
  } finally {
    await file.close();
  }
}

/** Runs in the page before its own scripts: keeps the sound contexts that mix, which the camera's own does not. */
function keepMixes(): void {
  const mixes: AudioContext[] = [];
  Reflect.set(window, 'mixes', mixes);
  const Source = MediaStreamAudioSourceNode;
  window.MediaStreamAudioSourceNode = class extends Source {
    constructor(context: AudioContext, options: MediaStreamAudioSourceOptions) {
      super(context, options);
      if (!mixes.includes(context)) mixes.push(context);
    }
  };
}

/** Runs in the page: takes the processor from those who mix for so long. */
async function keepBusy(ms: number): Promise<void> {
  const kept: AudioContext[] = Reflect.get(window, 'mixes');
  const mixes = kept.filter(({ state }) => state === 'running');
  if (mixes.length === 0) throw new Error('The page mixes nothing.');
  // A block is 2.7 ms of sound.
  const source = `registerProcessor('busy', class extends AudioWorkletProcessor {
    process() {
      this.until ??= Date.now() + ${ms};
      const block = Date.now() + 20;
      while (Date.now() < block);
      return Date.now() < this.until;
    }
  });`;
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  for (const mix of mixes) {
    await mix.audioWorklet.addModule(url);
    new AudioWorkletNode(mix, 'busy').connect(mix.destination);
  }
  URL.revokeObjectURL(url);
}
