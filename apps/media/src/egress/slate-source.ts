import { NO_PARAMETER_SETS, type ParameterSets, parsePpsIds, parseSps } from '@streamus/media-formats';
import { makeSlate, type PictureFormat, PLAIN_LOOK, type Slate, type SlateLook } from './slate.ts';
import { coloursOf, type SlateColours } from './slate-colours.ts';

/** A browser's encoder uses set 0; one avcC can then list both (media research 1.8). */
const FIRST_SET_ID = 1;
const SET_IDS = 32;
/** A programme that changes again and again is followed no faster than this. */
const PAUSE_MS = 1_000;
/** Without a slate the picture stands still while the programme is away. */
const NO_SLATE: Slate = { sets: NO_PARAMETER_SETS, pictures: [], frameMs: 1_000 };

interface Wish {
  readonly name: string;
  readonly format: PictureFormat;
  readonly setId: number;
  readonly colours: SlateColours;
}

/** Keeps a slate ready that can alternate with the programme; makes one at a time. */
export class SlateSource {
  readonly #look: SlateLook;
  readonly #ready: () => void;
  readonly #log: (message: string, fields: object) => void;
  #current: Slate | undefined;
  /** What is made or being made. */
  #made: Pick<Wish, 'name' | 'setId'> | undefined;
  /** Ids of slates that may have been on air: a receiver knows them. */
  readonly #usedIds = new Set<number>();
  #onAir = false;
  #wish: Wish | undefined;
  #making = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(look: SlateLook, ready: () => void, log: (message: string, fields: object) => void) {
    this.#look = look;
    this.#ready = ready;
    this.#log = log;
  }

  /** The newest one; undefined before the first, and before the first that fits while the show has not begun. */
  get current(): Slate | undefined {
    return this.#current;
  }

  /**
   * Asks for a slate in the programme's format whose parameter sets do not clash with the programme's.
   * @param onAir the show has begun: its receivers know the sets of the slates before, so another one gets an id of its own, else
   *   their pictures and those of the recording could not be joined. Before that a slate that does not fit is forgotten.
   */
  prepare(format: PictureFormat, live: ParameterSets, onAir: boolean): void {
    this.#onAir = onAir;
    const colours = coloursOf(live);
    const name = `${format.width}x${format.height}@${format.fps} ${Object.values(colours).join(' ')}`;
    const inUse = idsOf(live);
    if (this.#made?.name === name && !inUse.has(this.#made.setId)) {
      this.#wish = undefined;
      return;
    }
    if (onAir && this.#made !== undefined) this.#usedIds.add(this.#made.setId);
    const setId = freeSetId(new Set([...inUse, ...this.#usedIds])) ?? freeSetId(inUse) ?? FIRST_SET_ID;
    this.#wish = { name, format, setId, colours };
    if (!onAir) this.#forget();
    this.#work();
  }

  #forget(): void {
    if (this.#current === undefined) return;
    this.#current = undefined;
    clearTimeout(this.#timer);
    this.#making = false;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #work(): void {
    const wish = this.#wish;
    if (wish === undefined || this.#making || this.#closed) return;
    this.#wish = undefined;
    this.#making = true;
    this.#made = wish;
    this.#make(wish).then((slate) => {
      if (this.#closed) return;
      if (this.#wish !== undefined && !this.#onAir) {
        this.#making = false;
        this.#work();
        return;
      }
      this.#current = slate;
      this.#ready();
      this.#timer = setTimeout(() => {
        this.#making = false;
        this.#work();
      }, PAUSE_MS);
    });
  }

  /** Something wrong with the brand must not cost the slate. */
  async #make({ name, ...wish }: Wish): Promise<Slate> {
    for (const look of [this.#look, PLAIN_LOOK]) {
      try {
        return await makeSlate({ ...wish, look });
      } catch (error) {
        this.#log('slate cannot be made', { error: String(error), format: name });
      }
    }
    return NO_SLATE;
  }
}

function idsOf(live: ParameterSets): ReadonlySet<number> {
  const ids = [...live.sps.map((nal) => parseSps(nal)?.id), ...live.pps.map((nal) => parsePpsIds(nal)?.id)];
  return new Set(ids.filter((id) => id !== undefined));
}

function freeSetId(taken: ReadonlySet<number>): number | undefined {
  for (let id = FIRST_SET_ID; id < SET_IDS; id += 1) if (!taken.has(id)) return id;
  return undefined;
}
