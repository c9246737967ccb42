import type { CompositorStats } from '@streamus/compositor';
import type { Box, Programme, SourceId } from '@streamus/studio';
import type { PictureWish } from '../picture-demand.ts';
import type { LoadView } from '../session.ts';
import { fpsOn, type LadderState, type LoadFacts, startLadder, stepLadder } from './ladder.ts';
import { pictureWishes } from './picture-wishes.ts';

/** Keeps what composing costs within what the machine has: climbs the ladder and carries out what its rung says. */
export interface LoadKeeper {
  readonly view: LoadView;
  setBoxes(boxes: readonly Box[], programme: Programme): void;
  setSpeaker(speaker: SourceId | null): void;
  /** What was lost in a second for want of time: pictures that the encoder left out, sound that was never sent (ms). */
  setLosses(losses: Pick<LoadFacts, 'encoderDrops' | 'lostSoundMs'>): void;
  /** Once a second. */
  note(stats: CompositorStats, nowMs: number): void;
}

export function createLoadKeeper(events: {
  onWishes(wishes: ReadonlyMap<SourceId, PictureWish>): void;
  /** Frames per second to be painted. */
  onRate(fps: number): void;
}): LoadKeeper {
  let ladder: LadderState | null = null;
  let boxes: readonly Box[] = [];
  let programme: Programme | null = null;
  let speaker: SourceId | null = null;
  let losses: Parameters<LoadKeeper['setLosses']>[0] = { encoderDrops: 0, lostSoundMs: 0 };
  let late: { readonly frames: number; readonly atMs: number } | null = null;
  let wished = '';
  let rate: number | null = null;

  function apply(): void {
    const rung = ladder?.rung ?? 'full';
    const wishes = pictureWishes(boxes, speaker, rung);
    const text = JSON.stringify([...wishes]);
    if (text !== wished) events.onWishes(wishes);
    wished = text;
    if (programme === null) return;
    const fps = fpsOn(rung, programme.fps);
    if (fps !== rate) events.onRate(fps);
    rate = fps;
  }

  return {
    get view() {
      return { rung: ladder?.rung ?? 'full', reason: ladder?.reason ?? null };
    },
    setBoxes(next, nextProgramme) {
      boxes = next;
      programme = nextProgramme;
      apply();
    },
    setSpeaker(next) {
      speaker = next;
      apply();
    },
    setLosses(next) {
      losses = next;
    },
    note({ lateFrames, paintMs }, nowMs) {
      const before = late;
      late = { frames: lateFrames, atMs: nowMs };
      if (programme === null || before === null || nowMs <= before.atMs) return;
      const perSecond = ((lateFrames - before.frames) * 1000) / (nowMs - before.atMs);
      ladder = stepLadder(ladder ?? startLadder(before.atMs), {
        nowMs,
        programmeFps: programme.fps,
        paintMs,
        lateFrames: perSecond,
        ...losses,
      });
      apply();
    },
  };
}
