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
  #name = '';
  #wish: Wish | undefined;
  #making = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(look: SlateLook, ready: () => void, log: (message: string, fields: object) => void) {
    this.#look = look;
    this.#ready = ready;
    this.#log = log;
  }

  /** The newest one; undefined before the first. */
  get current(): Slate | undefined {
    return this.#current;
  }

  /** Asks for a slate in the programme's format whose parameter sets do not clash with the programme's. */
  prepare(format: PictureFormat, live: ParameterSets): void {
    const setId = freeSetId(live);
    const colours = coloursOf(live);
    const name = `${format.width}x${format.height}@${format.fps} set ${setId} ${Object.values(colours).join(' ')}`;
    this.#wish = name === this.#name ? undefined : { name, format, setId, colours };
    this.#work();
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
    this.#name = wish.name;
    this.#make(wish).then((slate) => {
      if (this.#closed) return;
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

/** A parameter set id that the live stream does not use. */
function freeSetId(live: ParameterSets): number {
  const used = new Set([
    ...live.sps.map((nal) => parseSps(nal)?.id),
    ...live.pps.map((nal) => parsePpsIds(nal)?.id),
  ]);
  for (let id = FIRST_SET_ID; id < SET_IDS; id += 1) if (!used.has(id)) return id;
  return FIRST_SET_ID;
}
