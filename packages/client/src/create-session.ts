import {
  type ComposerHolder,
  type ConnectionId,
  mayInStudio,
  type Presence,
  type StudioId,
  studioIdSchema,
} from '@streamus/contracts';
import { isOnAir, isOnStage, type SourceId, sourceId, sourceKind, sourcePerson } from '@streamus/studio';
import { createStore } from 'zustand/vanilla';
import { type ApiCaller, renewSession } from './api.ts';
import { createAttachments } from './attachments.ts';
import { createCapture } from './capture.ts';
import { type Composer, createComposer } from './composer.ts';
import { createDeviceList } from './device-list.ts';
import { createLevelMeter } from './level-meter.ts';
import { createPeopleRoom } from './people-room.ts';
import {
  composerFeeds,
  keepUnchanged,
  mergeFeeds,
  type OwnFeeds,
  peopleViews,
  type RoomPeople,
} from './people-view.ts';
import { createPictureDemand, type PictureWish } from './picture-demand.ts';
import { createPictures } from './pictures.ts';
import { createScreenShare } from './screen-share.ts';
import type { StudioSession, StudioSessionOptions, StudioView } from './session.ts';
import { withHappened, withStream } from './stream-facts.ts';
import { createSync, type LiveMessage } from './sync.ts';

const EMPTY: StudioView = {
  connection: { kind: 'connecting' },
  room: 'disconnected',
  you: null,
  studioName: null,
  document: null,
  people: [],
  stream: null,
  outputs: [],
  programmeHealth: null,
  composing: null,
  healthHistory: [],
  happened: [],
  composer: { kind: 'none' },
  camera: { on: false, starting: false, deviceId: null, problem: null },
  microphone: { on: false, starting: false, deviceId: null, problem: null },
  screen: { on: false, audio: false, problem: null },
  devices: { cameras: [], microphones: [] },
  level: 0,
  refusal: null,
};

/** Under which key a painter's tiles ask for pictures: the programme's, or the preview's in a tab that does not compose. */
type PainterKey = 'composer' | 'pictures';

/** Enters a studio in this tab: document, room, devices and, for those who may, the composer. */
export function createStudioSession(options: StudioSessionOptions): StudioSession {
  const studioId: StudioId = studioIdSchema.parse(options.studioId);
  const caller: ApiCaller = { origin: '', guestToken: options.guestToken };
  const store = createStore<StudioView>(() => EMPTY);
  let presence: Presence = [];
  let holder: ComposerHolder = null;
  let connection: ConnectionId | null = null;
  let composer: Composer | null = null;
  const painted: Record<PainterKey, Set<SourceId>> = { composer: new Set(), pictures: new Set() };
  let level = 0;
  let refreshing = false;
  let closed = false;
  let left: Promise<void> | null = null;

  const demand = createPictureDemand((source) => room.refreshDemand(source));
  const room = createPeopleRoom(
    {
      onChange: refresh,
      onMutedByHost: () => microphone.noteMuted(),
      onGrantNeeded: () => sync.askGrant(),
    },
    {
      largest: (source) => demand.largest(source),
      isMember: (person) => store.getState().document?.people[person] !== undefined,
    },
  );
  const camera = createCapture({ kind: 'camera', deviceId: options.cameraId, onChange: onDevices });
  const microphone = createCapture({
    kind: 'microphone',
    deviceId: options.microphoneId,
    onChange: onDevices,
  });
  const screen = createScreenShare(onDevices, leaveStageWithScreen);
  const devices = createDeviceList(refresh);
  const meter = createLevelMeter((next) => {
    level = next;
    refresh();
  });
  const attachments = createAttachments({
    demand,
    trackOf,
    programmeTrack: () => composer?.track ?? room.programme(),
    onProgrammeWanted: askForProgramme,
  });
  const pictures = createPictures({
    origin: caller.origin,
    onWishes: (wishes) => askForPictures('pictures', wishes),
  });
  const sync = createSync({
    origin: location.origin,
    studioId,
    guestToken: options.guestToken,
    renewSession: options.guestToken === null ? () => renewSession(caller) : null,
    events: {
      onChange: refresh,
      onLive: receive,
      onRefused: (code, command) => store.setState({ refusal: { code, command } }),
    },
  });

  function receive(message: LiveMessage): void {
    switch (message.type) {
      case 'welcome':
        presence = message.presence;
        connection = message.you.connection;
        store.setState({
          you: { person: message.you.person, role: message.you.role },
          studioName: message.studioName,
        });
        store.setState(withStream(store.getState(), message, Date.now()));
        room.connect(message.room);
        if (mayInStudio(message.you.role, 'compose')) composer ??= newComposer();
        takeHolder(message.composer);
        break;
      case 'grant':
        room.connect(message.room);
        break;
      case 'presence':
        presence = message.presence;
        takeHolder(holder);
        break;
      case 'studio':
        store.setState({ studioName: message.studioName });
        break;
      case 'composer':
        takeHolder(message.composer);
        break;
      case 'stream':
        store.setState(withStream(store.getState(), message, Date.now()));
        break;
      case 'happened':
        store.setState(withHappened(store.getState(), message));
    }
    refresh();
  }

  function takeHolder(next: ComposerHolder): void {
    holder = next;
    if (connection === null) return;
    composer?.setHolder(
      holder,
      connection,
      ({ person }) => store.getState().document?.people[person]?.name ?? '',
    );
  }

  function newComposer(): Composer {
    return createComposer({
      caller,
      studioId,
      surface: options.surface,
      events: {
        onChange: refresh,
        onWishes: (wishes) => askForPictures('composer', wishes),
        onReport: (health) => sync.reportComposing(health),
      },
    });
  }

  /** Asks the room for what a painter wants to see, and for nobody else's pictures. */
  function askForPictures(key: PainterKey, wishes: ReadonlyMap<SourceId, PictureWish>): void {
    const before = painted[key];
    painted[key] = new Set(wishes.keys());
    for (const source of before) if (!wishes.has(source)) demand.set(source, key, null);
    for (const [source, wish] of wishes) demand.set(source, key, wish);
  }

  function onDevices(): void {
    room.publications.want('camera', camera.device.on ? camera.track : null);
    room.publications.want('microphone', microphone.track);
    room.publications.setMuted(!microphone.device.on);
    room.publications.want('screen', screen.video);
    room.publications.want('screen-audio', screen.audio);
    meter.setTrack(microphone.track);
    refresh();
  }

  /** A screen that is not shared any more has no place on stage. */
  function leaveStageWithScreen(): void {
    const { you, document } = store.getState();
    if (closed || you === null || document === null) return;
    const source = sourceId('screen', you.person);
    const staged = isOnAir(document, source) || isOnStage(document, source);
    if (staged) void sync.command({ type: 'withdraw-source', source });
  }

  function feeds(): RoomPeople {
    const { you } = store.getState();
    const own: OwnFeeds | null = you && {
      person: you.person,
      camera: camera.device.on ? camera.track : null,
      cameraOn: camera.device.on,
      microphone: microphone.device.on ? microphone.track : null,
      microphoneOn: microphone.device.on,
      screen: screen.video,
      screenAudio: screen.audio,
      level,
      ...room.you(),
    };
    return mergeFeeds(room.people(), own);
  }

  function trackOf(source: SourceId): MediaStreamTrack | null {
    const feed = feeds().get(sourcePerson(source));
    return (sourceKind(source) === 'camera' ? feed?.camera : feed?.screen) ?? null;
  }

  /** The tab that composes has the programme already; through the room it would cost as much as a guest's whole show. */
  function askForProgramme(): void {
    room.setProgrammeWanted(attachments.programmeWanted && !composer?.track);
  }

  /** Once per task at most: many events of the room come together. */
  function refresh(): void {
    if (refreshing || closed) return;
    refreshing = true;
    queueMicrotask(() => {
      refreshing = false;
      if (!closed) project();
    });
  }

  function project(): void {
    const before = store.getState();
    const live = before.stream?.status === 'live';
    const document = sync.document(live);
    const people = feeds();
    if (document !== null) {
      const othersHere =
        presence.some(({ person }) => person !== before.you?.person) || room.people().size > 0;
      const { clockAheadMs } = sync;
      const composed = { document, clockAheadMs, ...composerFeeds({ document, presence, feeds: people }) };
      composer?.update({ ...composed, publish: live || othersHere });
      pictures.update(composed);
    }
    if (composer?.view.kind === 'here') pictures.rest();
    const composing = composer?.view ?? { kind: 'none' };
    store.setState({
      connection: sync.connection,
      room: room.state,
      document,
      people:
        document === null
          ? []
          : keepUnchanged(
              before.people,
              peopleViews({
                ...{ document, presence, feeds: people, you: before.you?.person ?? null },
                frozen: composing.kind === 'here' ? composing.frozen : [],
              }),
            ),
      composer: composing,
      camera: camera.device,
      microphone: microphone.device,
      screen: screen.view,
      devices: devices.choices,
      level,
    });
    if (document !== null && before.document?.people !== document.people) room.refreshMembers();
    askForProgramme();
    attachments.refresh();
    if (sync.connection.kind === 'closed') void leave();
  }

  /** Lets everything go that others see or hear, once; the view stays, with the reason. */
  function leave(): Promise<void> {
    left ??= (async () => {
      meter.close();
      devices.close();
      pictures.rest();
      // Both begin at once: a page that is going has no time to wait for either.
      await Promise.all([composer?.close(), room.close()]);
      camera.close();
      microphone.close();
      screen.stop();
    })();
    return left;
  }

  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    removeEventListener('pointerdown', onGesture);
    removeEventListener('keydown', onGesture);
    removeEventListener('pagehide', onPageHide);
    sync.close();
    attachments.close();
    await leave();
    demand.close();
  }

  /** Browsers let sound run after a gesture only; any gesture will do. */
  function onGesture(): void {
    meter.resume();
    void composer?.resumeAudio();
  }
  addEventListener('pointerdown', onGesture);
  addEventListener('keydown', onGesture);
  /** A page that goes lets the lease and the room go at once, and must not claim anything any more. */
  const onPageHide = (): void => void close();
  addEventListener('pagehide', onPageHide);

  async function openDevices(): Promise<void> {
    if (options.cameraOn) await camera.setOn(true);
    if (options.microphoneOn) await microphone.setOn(true);
    await devices.refresh();
  }
  void openDevices();

  return {
    store,
    command: (command) => sync.command(command),
    dismissRefusal: () => store.setState({ refusal: null }),
    setMicrophone: (on) => microphone.setOn(on),
    setCamera: (on) => camera.setOn(on),
    chooseCamera: (deviceId) => camera.choose(deviceId),
    chooseMicrophone: (deviceId) => microphone.choose(deviceId),
    startScreen: () => screen.start(),
    stopScreen: async () => screen.stop(),
    attachSource: (source, element) => attachments.source(source, element),
    attachProgramme: (element) => attachments.programme(element),
    async startAudio() {
      onGesture();
      await room.startAudio();
    },
    picture: (composition, width) =>
      composer?.view.kind === 'here'
        ? composer.picture(composition, width)
        : pictures.picture(composition, width),
    takeOver: async () => (composer === null ? { ok: false, code: 'not_allowed' } : composer.takeOver()),
    setSurface: (wanted) => composer?.setSurface(wanted),
    close,
  };
}
