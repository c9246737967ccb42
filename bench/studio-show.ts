import type { Page } from '@playwright/test';
import { FLV_VIDEO, readFlvContent } from '@streamus/media-formats';
import { drawnAtMs, pictureBox } from '@streamus/testkit/clock-pattern';
import { flvFile, readFrames } from '@streamus/testkit/judge-media';
import { newDataFolder, startProduct } from '@streamus/testkit/product';
import { type Publication, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import {
  enterAsHost,
  goLive,
  HOST_COLOUR,
  launchBrowser,
  newPage,
  openAsGuest,
  PROGRAMME,
} from './people.ts';
import { median, percentile, type Row } from './row.ts';

const SHOW_MS = 30_000;

/** A host and a guest in real Chromium on this machine, with synthetic cameras, live to one RTMP server. */
export async function benchStudioShow(): Promise<Row[]> {
  const product = await startProduct(await newDataFolder());
  const sink = await startRtmpSink();
  const browser = await launchBrowser();
  try {
    const host = await enterAsHost(await newPage(browser, product, HOST_COLOUR));
    const enterMs: number[] = [];
    const loopbackMs: number[] = [];
    for (let guest = 0; guest < 3; guest += 1) {
      const page = await openAsGuest(browser, product, host);
      loopbackMs.push(await page.evaluate(loopbackPicture));
      enterMs.push(await enterToPicture(page));
      if (guest < 2) await page.context().close();
    }
    await goLive(host, sink.url);
    await sink.until(({ publications }) => publications.length > 0, 'a publication', 60_000);
    const publication = sink.publications[0];
    if (publication === undefined) throw new Error('no publication');
    const videoMs = () => publication.tags.findLast(({ type }) => type === FLV_VIDEO)?.time ?? 0;
    await sink.until(() => videoMs() > SHOW_MS, 'the show', 90_000);
    const show = await judge(publication);
    return [
      {
        what: 'guest presses Enter → first remote picture (median of 3)',
        value: median(enterMs),
        unit: 'ms',
        goal: '≤ 1000 ms',
        reference: 'two peer connections inside one page, first picture',
        referenceValue: median(loopbackMs),
      },
      {
        what: 'camera → RTMP server, from the burned-in clock, p50 (640×360 15 fps, everything on this machine)',
        value: median(show.latencies),
        unit: 'ms',
        goal: '≤ 1500 ms',
        reference: 'one frame of the camera',
        referenceValue: 1000 / PROGRAMME.fps,
      },
      {
        what: 'camera → RTMP server, p95',
        value: percentile(show.latencies, 0.95),
        unit: 'ms',
        goal: '≤ 1500 ms',
        reference: 'one frame of the camera',
        referenceValue: 1000 / PROGRAMME.fps,
      },
      {
        what: 'frame rate of the programme at the RTMP server',
        value: show.fps,
        unit: 'fps',
        goal: '15 fps',
        reference: 'nominal',
        referenceValue: PROGRAMME.fps,
      },
      {
        what: 'distance of keyframes at the RTMP server, p99 (a real encoder that is asked for them)',
        value: percentile(show.keyframeDistances, 0.99),
        worst: Math.max(...show.keyframeDistances),
        unit: 'ms',
        goal: '≤ 2500 ms, worst ≤ 4000 ms',
        reference: '',
        referenceValue: null,
      },
      {
        what: 'programme frames that repeat the camera’s frame before',
        value: show.repeated * 100,
        unit: '%',
        goal: '–',
        reference: '',
        referenceValue: null,
      },
    ];
  } finally {
    await browser.close();
    await sink.close();
    await product.stop();
    await product.forget();
  }
}

/** From the click until a video that shows somebody else has its first picture, in the page's own clock. */
async function enterToPicture(page: Page): Promise<number> {
  await page.evaluate(() => {
    const own = new Set(document.querySelectorAll('video'));
    addEventListener(
      'click',
      () => {
        const clickedAt = performance.now();
        const watched = new Set<HTMLVideoElement>();
        const look = () => {
          for (const video of document.querySelectorAll('video')) {
            if (own.has(video) || watched.has(video)) continue;
            watched.add(video);
            // One's own tile shows one's own camera.
            if (video.closest('li')?.textContent?.includes('Gina')) continue;
            video.requestVideoFrameCallback(() => {
              document.body.dataset.firstPicture ??= String(performance.now() - clickedAt);
            });
          }
          if (document.body.dataset.firstPicture === undefined) requestAnimationFrame(look);
        };
        look();
      },
      { once: true, capture: true },
    );
  });
  await page.getByRole('button', { name: 'Enter', exact: true }).click();
  const shown = await page.waitForFunction(() => document.body.dataset.firstPicture, null, {
    timeout: 30_000,
  });
  return Number(await shown.jsonValue());
}

/** Reference, run in the page: a canvas sent from one peer connection to another until its first picture is shown. */
async function loopbackPicture(): Promise<number> {
  const started = performance.now();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  const timer = setInterval(() => context?.fillRect(Math.random() * 100, 0, 9, 9), 30);
  const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
  a.onicecandidate = ({ candidate }) => void b.addIceCandidate(candidate ?? undefined);
  b.onicecandidate = ({ candidate }) => void a.addIceCandidate(candidate ?? undefined);
  for (const track of canvas.captureStream(15).getTracks()) a.addTrack(track);
  const video = document.createElement('video');
  video.muted = true;
  const shown = new Promise<void>((resolve) => video.requestVideoFrameCallback(() => resolve()));
  b.ontrack = ({ track }) => {
    video.srcObject = new MediaStream([track]);
    void video.play();
  };
  await a.setLocalDescription();
  if (a.localDescription) await b.setRemoteDescription(a.localDescription);
  await b.setLocalDescription();
  if (b.localDescription) await a.setRemoteDescription(b.localDescription);
  await shown;
  const took = performance.now() - started;
  clearInterval(timer);
  a.close();
  b.close();
  return took;
}

/** The host alone fills the programme: its clock says when each frame was drawn, the sink when it arrived. */
async function judge(
  publication: Publication,
): Promise<{ latencies: number[]; fps: number; repeated: number; keyframeDistances: number[] }> {
  const keyTimes = publication.tags.flatMap((tag) => {
    const content = readFlvContent(tag);
    return content.kind === 'video' && content.key ? [tag.time] : [];
  });
  const arrivals = publication.tags.flatMap((tag, index) =>
    tag.type === FLV_VIDEO && tag.data[1] === 1
      ? [(publication.arrivals[index] ?? 0) + performance.timeOrigin]
      : [],
  );
  const file = await flvFile(publication.tags);
  try {
    const whole = pictureBox({ x: 0, y: 0, ...PROGRAMME }, 16 / 9, 'cover');
    const frames = await readFrames(file.path, PROGRAMME, [whole]);
    const latencies: number[] = [];
    let repeated = 0;
    let before: number | null = null;
    frames.forEach(({ boxes }, index) => {
      const counter = boxes[0]?.counter ?? null;
      const at = arrivals[index];
      if (counter === null || at === undefined) return;
      if (counter === before) repeated += 1;
      before = counter;
      latencies.push(at - drawnAtMs(counter, PROGRAMME.fps, at));
    });
    const seconds = (frames.at(-1)?.time ?? 0) - (frames[0]?.time ?? 0);
    // The first GOP comes out of the cache in one go and was drawn before.
    return {
      latencies: latencies.slice(3 * PROGRAMME.fps),
      fps: (frames.length - 1) / seconds,
      repeated: repeated / frames.length,
      keyframeDistances: keyTimes.slice(1).map((time, index) => time - (keyTimes[index] ?? 0)),
    };
  } finally {
    await file.close();
  }
}
