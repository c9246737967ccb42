import { closeSprite, type Sprite } from './sprite.ts';
import type { SpriteMaker } from './sprite-maker.ts';
import type { SpriteSpec, TickerText } from './sprite-spec.ts';

/** Sprites by their spec, made elsewhere; nothing here waits for one to draw. It closes them: nobody else does. */
export interface SpriteStore {
  /**
   * Sprites for one purpose. What no purpose uses any more goes.
   * @param onArrival something that is to be seen is there now, or looks otherwise
   */
  newSet(onArrival: () => void): SpriteSet;
  close(): void;
}

export interface SpriteSet {
  /**
   * What `slot` can show now: this, else the last it showed, else nothing. Asks for the sprite when it is not there.
   * @param whole false: something else that belongs to it is not there yet
   */
  show(spec: SpriteSpec, slot: string, whole?: boolean): SpriteSpec | null;
  /** Asks for what will be shown soon; says whether it is there. */
  prepare(spec: SpriteSpec): boolean;
  /** Done when it is there, or cannot be made. Rejects when the store closes. */
  made(spec: SpriteSpec): Promise<void>;
  get(spec: SpriteSpec): Sprite | undefined;
  /** Of the whole text, in pixels; known once its first piece is there. */
  tickerWidth(ticker: TickerText): number | undefined;
  /** What has not been shown or asked for since the last time goes. */
  sweep(): void;
  /** Of sprites that are new here since the last sweep. */
  readonly newPixels: number;
}

interface Entry {
  sprite: Sprite | null;
  failed: boolean;
  readonly settled: PromiseWithResolvers<void>;
  readonly holds: Set<Hold>;
  takeBack: () => void;
}

/** What a set has of an entry. */
interface Hold {
  readonly entry: Entry;
  used: boolean;
  /** It is in the picture, or should be. */
  shown: boolean;
  arrived(sprite: Sprite): void;
}

interface Slot {
  readonly spec: SpriteSpec;
  used: boolean;
}

export const firstPiece = (ticker: TickerText): SpriteSpec => ({ kind: 'ticker', ticker, piece: 0 });

/** A draw list is painted many times: its specs are written out once. */
const keys = new WeakMap<SpriteSpec, string>();

function keyOf(spec: SpriteSpec): string {
  const known = keys.get(spec) ?? JSON.stringify(spec);
  keys.set(spec, known);
  return known;
}

export function createSpriteStore(maker: SpriteMaker, onFailure: (reason: string) => void): SpriteStore {
  const entries = new Map<string, Entry>();
  let closed = false;

  function order(key: string, spec: SpriteSpec): Entry {
    const entry: Entry = {
      ...{ sprite: null, failed: false, holds: new Set() },
      ...{ settled: Promise.withResolvers<void>(), takeBack: () => undefined },
    };
    // Nobody may be waiting for it.
    entry.settled.promise.catch(() => undefined);
    entries.set(key, entry);
    entry.takeBack = maker.make(spec, {
      take(sprite) {
        if (entry.sprite !== null) closeSprite(entry.sprite);
        entry.sprite = sprite;
        for (const hold of entry.holds) hold.arrived(sprite);
        entry.settled.resolve();
      },
      fail(reason) {
        entry.failed = true;
        entry.settled.resolve();
        onFailure(reason);
      },
    });
    return entry;
  }

  function forget(key: string, entry: Entry): void {
    entries.delete(key);
    entry.takeBack();
    entry.settled.resolve();
    if (entry.sprite !== null) closeSprite(entry.sprite);
  }

  function newSet(onArrival: () => void): SpriteSet {
    const holds = new Map<string, Hold>();
    const slots = new Map<string, Slot>();
    let newPixels = 0;

    function ask(spec: SpriteSpec): Hold {
      const key = keyOf(spec);
      const known = holds.get(key);
      if (known !== undefined) {
        known.used = true;
        return known;
      }
      const entry = entries.get(key) ?? order(key, spec);
      const hold: Hold = {
        ...{ entry, used: true, shown: false },
        arrived({ width, height }) {
          newPixels += width * height;
          if (this.shown) onArrival();
        },
      };
      if (entry.sprite !== null) hold.arrived(entry.sprite);
      entry.holds.add(hold);
      holds.set(key, hold);
      return hold;
    }

    return {
      show(spec, slot, whole = true) {
        const hold = ask(spec);
        hold.shown = true;
        if (hold.entry.sprite !== null && whole) {
          slots.set(slot, { spec, used: true });
          return spec;
        }
        const before = slots.get(slot);
        const old = before === undefined ? undefined : holds.get(keyOf(before.spec));
        if (before === undefined || old === undefined || hold.entry.failed) return null;
        before.used = true;
        [old.used, old.shown] = [true, true];
        return before.spec;
      },
      prepare: (spec) => ask(spec).entry.sprite !== null,
      async made(spec) {
        if (closed) throw new Error('the painter has closed');
        await ask(spec).entry.settled.promise;
      },
      get: (spec) => holds.get(keyOf(spec))?.entry.sprite ?? undefined,
      tickerWidth: (ticker) => holds.get(keyOf(firstPiece(ticker)))?.entry.sprite?.wholeWidth,
      sweep() {
        for (const [key, hold] of holds) {
          if (hold.used) {
            [hold.used, hold.shown] = [false, false];
            continue;
          }
          holds.delete(key);
          hold.entry.holds.delete(hold);
          if (hold.entry.holds.size === 0) forget(key, hold.entry);
        }
        for (const [name, slot] of slots) {
          if (slot.used) slot.used = false;
          else slots.delete(name);
        }
        newPixels = 0;
      },
      get newPixels() {
        return newPixels;
      },
    };
  }

  return {
    newSet,
    close() {
      closed = true;
      for (const [key, entry] of entries) {
        entry.settled.reject(new Error('the painter has closed'));
        forget(key, entry);
        entry.sprite = null;
      }
    },
  };
}
