import {
  type CompositorStats,
  missingComposerFeatures,
  type SurfaceFacts,
  type WantedSurface,
} from '@streamus/compositor';
import {
  type ComposerHealth,
  type ComposerHolder,
  type ConnectionId,
  type RoomGrant,
  routes,
  type StudioId,
} from '@streamus/contracts';
import {
  assetsReady,
  type Composition,
  compositionOnAir,
  type Programme,
  type SourceId,
  type StudioDocument,
} from '@streamus/studio';
import { type ApiCaller, callApi } from './api.ts';
import { type ComposerParts, endParts, startParts } from './compose-here.ts';
import {
  type ComposerCounters,
  composerHealth,
  countersOf,
  readSenderStats,
  readSoundSent,
} from './composer-report.ts';
import { createHandover } from './handover.ts';
import { LostSound } from './lost-sound.ts';
import type { PictureWish } from './picture-demand.ts';
import { createProgrammeRoom, type ProgrammeRoom } from './programme-room.ts';
import type { CommandOutcome, ComposerView } from './session.ts';
import { createSpeakerFollower } from './speaker-follower.ts';

/** What there is to compose now. */
export interface ComposerInput {
  readonly document: StudioDocument;
  /** How far the server's clock, which countdowns and clocks go by, is ahead of this machine's. */
  readonly clockAheadMs: number;
  /** Everything that people in the room offer; null: a camera that is off. */
  readonly pictures: ReadonlyMap<SourceId, MediaStreamTrack | null>;
  /** Sounds of the people and screens on stage. */
  readonly sounds: ReadonlyMap<string, MediaStreamTrack>;
  /** How loud the people on air are, 0 to 1, by their cameras. */
  readonly levels: ReadonlyMap<SourceId, number>;
  /** Somebody needs the programme: a stream is live or somebody else is in the studio. */
  readonly publish: boolean;
}

/** Composes and publishes the programme while this tab holds the composer's lease. */
export interface Composer {
  readonly view: ComposerView;
  /** The painter's own output. */
  readonly track: MediaStreamTrack | null;
  update(input: ComposerInput): void;
  /** Who composes, as the server says, and this tab's current connection. */
  setHolder(
    holder: ComposerHolder,
    connection: ConnectionId,
    nameOf: (holder: NonNullable<ComposerHolder>) => string,
  ): void;
  takeOver(): Promise<CommandOutcome>;
  /** What paints in this browser, now and when it composes again. */
  setSurface(wanted: WantedSurface): void;
  /** Any composition as the painter draws it now; null: nothing composes here any more. The caller closes it. */
  picture(composition: Composition, width: number): Promise<ImageBitmap | null>;
  resumeAudio(): Promise<void>;
  close(): Promise<void>;
}

export interface ComposerEvents {
  onChange(): void;
  /** How composing and publishing fare, once a second while both go on. */
  onReport(health: ComposerHealth): void;
  /** The pictures that the painter wants from the room, all of them. */
  onWishes(wishes: ReadonlyMap<SourceId, PictureWish>): void;
}

/** Between tries to reach the server for the lease. */
const RETRY_MS = 2000;
const REPORT_MS = 1000;
/** Painters that end like this are not tried further: a part of the page is missing, or of another version. */
const MOST_BARREN = 3;
/** A composer that reloads its page is back sooner; then the programme does not move. */
const STAND_IN_MS = 5000;

export function createComposer(options: {
  caller: ApiCaller;
  studioId: StudioId;
  surface: WantedSurface;
  events: ComposerEvents;
}): Composer {
  const { caller, studioId, events } = options;
  let wanted = options.surface;
  const missing = missingComposerFeatures();
  let studio: ComposerParts | null = null;
  let room: ProgrammeRoom | null = null;
  let epoch: number | null = null;
  let holder: ComposerHolder = null;
  let holderName = '';
  let connection: ConnectionId | null = null;
  let input: ComposerInput | null = null;
  let stats: CompositorStats | null = null;
  let surface: SurfaceFacts | null = null;
  let shape: Programme | null = null;
  /** The document the painter has. */
  let composed: StudioDocument | null = null;
  let claiming = false;
  /** Of the parts that compose or are about to; what earlier ones still say is not heard. */
  let current: symbol | null = null;
  /** Painters in a row that ended without having painted for a second. */
  let barren = 0;
  /** Why this page paints no more. */
  let broken: string | null = null;
  let retry: ReturnType<typeof setTimeout> | null = null;
  /** Another tab has composed since this one is here. */
  let sawOther = false;
  /** Connections this tab had: a lease one of them still holds is this tab's own. */
  const formerConnections = new Set<ConnectionId>();
  const handover = createHandover();
  let closed = false;
  let counted: ComposerCounters | null = null;
  const lostSound = new LostSound();
  const follower = createSpeakerFollower((speaker) => {
    studio?.compositor.setSpeaker(speaker);
    studio?.load.setSpeaker(speaker);
  });
  const reporter = setInterval(() => void report(), REPORT_MS);

  async function report(): Promise<void> {
    const sender = await room?.senderStats().catch(() => null);
    if (closed || stats === null || sender == null) {
      counted = null;
      lostSound.note(null);
      studio?.load.setLosses({ encoderDrops: 0, lostSoundMs: 0 });
      return;
    }
    lostSound.note(readSoundSent(sender.audio));
    const sent = { ...readSenderStats(sender.video), lostSoundMs: lostSound.ms };
    const now = { at: performance.now(), ...countersOf(stats), ...sent };
    if (counted !== null) {
      const health = composerHealth(counted, now, stats.fps);
      // What the line has no room for is no load of this machine: fewer pictures would not mend it.
      const encoderDrops = now.limitedByLine ? 0 : health.encoderDrops;
      studio?.load.setLosses({ encoderDrops, lostSoundMs: health.lostSoundMs });
      events.onReport(health);
    }
    counted = now;
  }

  /** The lease names this tab's connection, so a second tab of the same person is somebody else. */
  function holdsHere(): boolean {
    return holder !== null && holder.connection === connection && holder.epoch === epoch;
  }

  /** Rejects when this page cannot paint. */
  function start({ document }: ComposerInput): Promise<ComposerParts> {
    const mine = Symbol('parts');
    current = mine;
    const ifCurrent =
      <Given extends unknown[]>(act: (...given: Given) => void) =>
      (...given: Given): void => {
        if (current === mine) act(...given);
      };
    return startParts({
      document,
      ...{ origin: caller.origin, surface: wanted, speaker: follower.speaker },
      events: {
        onWishes: ifCurrent(events.onWishes),
        onStats: ifCurrent((next) => {
          stats = next;
          barren = 0;
          events.onChange();
        }),
        onSurface: ifCurrent((facts) => {
          surface = facts;
          events.onChange();
        }),
        onFailure: ifCurrent(({ kind, message }) => {
          if (kind === 'ended' && studio !== null) painterEnded(message);
        }),
      },
    });
  }

  /** The painter's tracks ended with it: a new one publishes new ones. */
  function painterEnded(reason: string): void {
    void stopStudio();
    barren += 1;
    if (barren === 1) void claim(false);
    else if (barren < MOST_BARREN) claimLater(false, RETRY_MS);
    else broken = reason;
    events.onChange();
  }

  function stopStudio(): Promise<void> {
    return letGo()();
  }

  /** Forgets what composes here; the function that is returned ends it. */
  function letGo(): () => Promise<void> {
    const [old, oldRoom] = [studio, room];
    studio = null;
    room = null;
    stats = null;
    surface = null;
    shape = null;
    if (old !== null) current = null;
    follower.setLevels(null);
    return async () => {
      if (studio === null) events.onWishes(new Map());
      await oldRoom?.close();
      if (old !== null) await endParts(old);
    };
  }

  /** The new room publishes before the old one leaves: viewers and outputs see no gap. */
  function enter(grant: RoomGrant, programme: Programme, tracks: ComposerParts): void {
    const old = room;
    const entered = createProgrammeRoom({
      grant,
      tracks: { video: tracks.compositor.track, audio: tracks.mix.track },
      programme,
      onLost() {
        void entered.close();
        if (room !== entered) return;
        room = null;
        void claim(false);
      },
    });
    room = entered;
    shape = programme;
    void old?.close();
  }

  async function claim(takeOver: boolean): Promise<CommandOutcome> {
    if (closed || claiming || connection === null || missing.length > 0 || broken !== null)
      return { ok: false, code: 'internal' };
    claiming = true;
    const asked = connection;
    const result = await callApi(
      routes.claimComposer,
      {
        params: { studioId },
        body: { connection: asked, takeOver, resumeEpoch: room === null ? null : epoch },
      },
      caller,
    );
    if (result.ok && input !== null && studio === null && !closed) {
      try {
        const started = await start(input);
        if (closed) await endParts(started);
        else {
          studio = started;
          composed = null;
        }
      } catch (error) {
        claiming = false;
        if (!closed) painterEnded(String(error));
        return { ok: false, code: 'internal' };
      }
    }
    claiming = false;
    if (closed) return { ok: false, code: 'internal' };
    if (!result.ok) {
      if (result.code === 'composer_elsewhere' || result.code === 'not_allowed') await stopStudio();
      else claimLater(takeOver, RETRY_MS);
      events.onChange();
      return { ok: false, code: result.code };
    }
    if (asked !== connection) return claim(takeOver);
    const resumed = room !== null && epoch === result.value.epoch;
    epoch = result.value.epoch;
    if (holder !== null && holder.epoch > epoch) {
      // Somebody took over while the answer was on its way.
      await stopStudio();
      return { ok: false, code: 'composer_elsewhere' };
    }
    if (input !== null && studio !== null && !resumed) {
      enter(result.value.room, input.document.programme, studio);
      apply(input);
    }
    events.onChange();
    return { ok: true };
  }

  function claimLater(takeOver: boolean, afterMs: number): void {
    if (retry !== null) return;
    retry = setTimeout(() => {
      retry = null;
      if (holder === null || takeOver || studio !== null || holdsHere()) void claim(takeOver);
    }, afterMs);
  }

  /** Nobody composes: the tab that did (or has just come) goes first, others only when nobody else does. */
  function claimFree(): void {
    if (studio !== null || !sawOther) void claim(false);
    else claimLater(false, STAND_IN_MS);
  }

  function compose({ compositor, images }: ComposerParts, document: StudioDocument): void {
    if (document === composed) return;
    composed = document;
    const ready = assetsReady(document);
    compositor.setComposition(compositionOnAir(document), ready);
    images.load(ready);
  }

  function apply(next: ComposerInput): void {
    if (studio === null) return;
    compose(studio, next.document);
    studio.compositor.setClock(next.clockAheadMs);
    studio.compositor.setSources(next.pictures);
    follower.setLevels(next.levels);
    studio.mix.setTracks(next.sounds);
    // Waits for a gesture where the browser wants one; others allow it once the page captures.
    void studio.mix.resume();
    room?.setPublishing(next.publish);
    if (shape !== null && JSON.stringify(shape) !== JSON.stringify(next.document.programme)) {
      shape = next.document.programme;
      room?.setProgramme(shape);
    }
  }

  function view(): ComposerView {
    if (missing.length > 0) return { kind: 'unsupported', missing };
    if (broken !== null) return { kind: 'broken', reason: broken };
    if (studio !== null) {
      const { fps = 0, frozen = [] } = stats ?? {};
      return { kind: 'here', fps, frozen, load: studio.load.view, surface };
    }
    return holder === null ? { kind: 'none' } : { kind: 'elsewhere', holder: holderName };
  }

  return {
    get view() {
      return view();
    },
    get track() {
      return studio?.compositor.track ?? null;
    },
    update(next) {
      const first = input === null;
      input = next;
      if (studio !== null) apply(next);
      else if (first && holder === null && connection !== null) claimFree();
    },
    setHolder(next, ownConnection, nameOf) {
      holder = next;
      if (connection !== null && connection !== ownConnection) formerConnections.add(connection);
      connection = ownConnection;
      holderName = next === null ? '' : nameOf(next);
      if (next !== null && formerConnections.has(next.connection)) {
        void claim(true);
        return;
      }
      if (next !== null && studio !== null && !claiming && !holdsHere() && next.epoch >= (epoch ?? 0)) {
        // Outputs show this programme until the successor's own is there.
        handover.add(letGo());
      }
      if (next !== null && next.connection !== ownConnection) sawOther = true;
      if (next === null && input !== null) claimFree();
      events.onChange();
    },
    takeOver: () => claim(true),
    setSurface(next) {
      wanted = next;
      studio?.compositor.setSurface(wanted);
    },
    async picture(composition, width) {
      await studio?.images.settled();
      // A composer that ends meanwhile answers nobody.
      return (await studio?.compositor.picture(composition, width).catch(() => null)) ?? null;
    },
    async resumeAudio() {
      await studio?.mix.resume();
    },
    async close() {
      closed = true;
      clearInterval(reporter);
      follower.close();
      if (retry !== null) clearTimeout(retry);
      await Promise.all([stopStudio(), handover.end()]);
    },
  };
}
