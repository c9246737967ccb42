import {
  COMMAND_BURST,
  COMMANDS_PER_SECOND,
  createCommandPace,
  type ErrorCode,
  type ServerMessage,
  studioIdSchema,
} from '@streamus/contracts';
import {
  DOCUMENT_VERSION,
  FIRST_SCENE,
  newStudioDocument,
  type StudioCommand,
  sceneInEdit,
} from '@streamus/studio';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Renewal } from './api.ts';
import { createSync, realtimeUrl, type Sync, type SyncEvents } from './sync.ts';

const STUDIO = studioIdSchema.parse('20000000-0000-4000-8000-000000000001');
const PERSON = '00000000-0000-4000-8000-000000000001';
const CONNECTION = '30000000-0000-4000-8000-000000000001';
const solo: StudioCommand = { type: 'set-layout', layout: 'solo' };

function layoutOf(sync: Sync) {
  const document = sync.document(false);
  return document && sceneInEdit(document).layout;
}

class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  readonly sent: {
    type: string;
    id?: string;
    n?: number;
    lastSeq?: number | null;
    command?: { name?: string };
  }[] = [];
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  receive(message: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }
}

function welcome(change: Partial<Extract<ServerMessage, { type: 'welcome' }>> = {}): unknown {
  return {
    type: 'welcome',
    you: { person: PERSON, role: 'host', connection: CONNECTION },
    studioName: 'Morning show',
    atMs: 30_000,
    document: newStudioDocument(),
    events: [],
    applied: [],
    seq: 5,
    room: { identity: `person:${PERSON}:${CONNECTION}`, url: null, token: 't', seconds: 600 },
    presence: [],
    composer: null,
    stream: null,
    outputs: [],
    programme: null,
    composing: null,
    ...change,
  };
}

function eventMessage(seq: number, commandId: string | null = null): unknown {
  return { type: 'event', event: { seq, command: solo, by: PERSON, commandId, at: '2026-01-01T00:00:00Z' } };
}

function latest(): FakeSocket {
  const socket = FakeSocket.all.at(-1);
  if (socket === undefined) throw new Error('no socket was opened');
  return socket;
}

const commandsOf = ({ sent }: FakeSocket) => sent.filter(({ type }) => type === 'command');

function connect(renewal: Renewal = 'ended') {
  const events = { onChange: vi.fn(), onLive: vi.fn(), onRefused: vi.fn() } satisfies SyncEvents;
  const renewSession = vi.fn(async () => renewal);
  const sync = createSync({
    origin: 'https://show.example',
    studioId: STUDIO,
    guestToken: null,
    renewSession,
    events,
  });
  latest().open();
  return { sync, events, renewSession };
}

/** The server says bye and closes, as it does. */
function sayBye(code: ErrorCode): void {
  latest().receive({ type: 'bye', code });
  latest().close();
}

/** The next try after a lost connection. */
async function nextTry(): Promise<void> {
  const before = FakeSocket.all.length;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(FakeSocket.all).toHaveLength(before + 1);
  latest().open();
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('sync', () => {
  test('asks for everything first, and for the rest after a gap', () => {
    const { sync } = connect();
    expect(latest().url).toBe('wss://show.example/api/v1/realtime');
    expect(latest().sent[0]).toEqual({
      ...{ type: 'hello', studioId: STUDIO, guestToken: null, lastSeq: null },
      documentVersion: DOCUMENT_VERSION,
      pending: [],
    });
    latest().receive(welcome());
    expect(sync.connection.kind).toBe('open');
    latest().close();
    expect(sync.connection.kind).toBe('reconnecting');
    vi.advanceTimersByTime(300);
    latest().open();
    expect(FakeSocket.all).toHaveLength(2);
    expect(latest().sent[0]).toMatchObject({ type: 'hello', lastSeq: 5 });
    sync.close();
  });

  test('a command shows at once, resolves when accepted and is rolled back when refused', async () => {
    const { sync, events } = connect();
    latest().receive(welcome());
    const accepted = sync.command(solo);
    expect(layoutOf(sync)).toBe('solo');
    const id = latest().sent.at(-1)?.id ?? '';
    latest().receive({ type: 'accepted', id, seq: 6 });
    latest().receive(eventMessage(6, id));
    expect(await accepted).toEqual({ ok: true });
    const refused = sync.command({ type: 'set-layout', layout: 'leader' });
    expect(layoutOf(sync)).toBe('leader');
    latest().receive({ type: 'refused', id: latest().sent.at(-1)?.id, code: 'not_allowed' });
    expect(await refused).toEqual({ ok: false, code: 'not_allowed' });
    expect(layoutOf(sync)).toBe('solo');
    expect(events.onRefused).toHaveBeenCalledWith('not_allowed', { type: 'set-layout', layout: 'leader' });
    sync.close();
  });

  test('a command that can only be refused is refused here, and so are too many at once', async () => {
    const { sync, events } = connect();
    latest().receive(welcome());
    const long: StudioCommand = { type: 'rename-scene', scene: FIRST_SCENE, name: 'x'.repeat(10_000) };
    expect(await sync.command(long)).toEqual({ ok: false, code: 'text_too_long' });
    expect(events.onRefused).toHaveBeenCalledWith('text_too_long', long);
    for (let n = 0; n < 200; n += 1) void sync.command(solo);
    expect(await sync.command(solo)).toEqual({ ok: false, code: 'too_many_commands' });
    sync.close();
  });

  test('a hundred commands given while away, and more at once, reach the server in order and no faster than it takes them', async () => {
    const { sync, events } = connect();
    latest().receive(welcome());
    latest().close();
    const names = Array.from({ length: 160 }, (_, n) => `Scene ${n}`);
    const give = (name: string) => sync.command({ type: 'rename-scene', scene: FIRST_SCENE, name });
    const outcomes = names.slice(0, 100).map(give);
    await nextTry();
    const server = createCommandPace(COMMAND_BURST, COMMANDS_PER_SECOND, Date.now());
    let answered = 0;
    const answer = () => {
      for (; answered < commandsOf(latest()).length; answered += 1) {
        const id = commandsOf(latest())[answered]?.id;
        const taken = server.take(Date.now(), 1);
        latest().receive(
          taken ? { type: 'accepted', id, seq: 6 } : { type: 'refused', id, code: 'too_many_commands' },
        );
      }
    };
    latest().receive(welcome());
    answer();
    outcomes.push(...names.slice(100).map(give));
    const shown = sync.document(false);
    expect(shown && sceneInEdit(shown).name).toBe('Scene 159');
    while (answered < names.length) {
      await vi.advanceTimersToNextTimerAsync();
      answer();
    }
    expect(await Promise.all(outcomes)).toEqual(names.map(() => ({ ok: true })));
    expect(commandsOf(latest()).map(({ command }) => command?.name)).toEqual(names);
    expect(events.onRefused).not.toHaveBeenCalled();
    sync.close();
  });

  test('a command given while away is sent once after the resume; one that had arrived is not repeated', async () => {
    const { sync } = connect();
    latest().receive(welcome());
    const arrived = sync.command(solo);
    const id = latest().sent.at(-1)?.id ?? '';
    latest().close();
    const away = sync.command({ type: 'set-layout', layout: 'leader' });
    vi.advanceTimersByTime(300);
    latest().open();
    const event = { seq: 6, command: solo, by: PERSON, commandId: id, at: '2026-01-01T00:00:00Z' };
    latest().receive({ ...Object(welcome({ document: null, seq: 6 })), events: [event] });
    expect(await arrived).toEqual({ ok: true });
    const commands = commandsOf(latest());
    expect(commands).toHaveLength(1);
    latest().receive({ type: 'accepted', id: commands[0]?.id, seq: 7 });
    expect(await away).toEqual({ ok: true });
    sync.close();
  });

  test('a whole document that holds a command settles it; what it does not hold is sent again', async () => {
    const { sync, events } = connect();
    latest().receive(welcome());
    const arrived = sync.command(solo);
    const lost = sync.command({ type: 'set-layout', layout: 'leader' });
    const ids = commandsOf(latest()).map(({ id = '' }) => id);
    latest().close();
    vi.advanceTimersByTime(300);
    latest().open();
    expect(latest().sent[0]).toMatchObject({ type: 'hello', pending: ids });
    void sync.command({ type: 'set-name-tags', shown: false });
    expect(commandsOf(latest()), 'not before the welcome: it would be run twice').toEqual([]);
    latest().receive(welcome({ seq: 900, applied: ids.slice(0, 1) }));
    expect(await arrived).toEqual({ ok: true });
    expect(commandsOf(latest())).toMatchObject([
      { id: ids[1], command: { layout: 'leader' } },
      { command: { type: 'set-name-tags' } },
    ]);
    expect(layoutOf(sync)).toBe('leader');
    latest().receive({ type: 'refused', id: ids[1], code: 'not_allowed' });
    expect(await lost).toEqual({ ok: false, code: 'not_allowed' });
    expect(events.onRefused).toHaveBeenCalledTimes(1);
    sync.close();
  });

  test('learns the server’s clock from the welcome and its pings', () => {
    vi.setSystemTime(0);
    const { sync } = connect();
    const begun = performance.timeOrigin + performance.now();
    vi.advanceTimersByTime(400);
    latest().receive(welcome({ atMs: Math.round(begun + 30_300) }));
    expect(Math.abs(sync.clockAheadMs - 30_000)).toBeLessThanOrEqual(200);
    const ping = latest().sent.at(-1);
    expect(ping?.type).toBe('ping');
    vi.advanceTimersByTime(10);
    latest().receive({ type: 'pong', n: ping?.n, atMs: Math.round(begun + 400 + 30_005) });
    expect(Math.abs(sync.clockAheadMs - 30_000)).toBeLessThanOrEqual(6);
    sync.close();
  });

  test('a missing event makes it ask for the whole document', () => {
    const { sync } = connect();
    latest().receive(welcome());
    latest().receive(eventMessage(8));
    expect(FakeSocket.all).toHaveLength(2);
    latest().open();
    expect(latest().sent[0]).toMatchObject({ type: 'hello', lastSeq: null });
    sync.close();
  });

  test('a connection that went silent is replaced', () => {
    const { sync } = connect();
    latest().receive(welcome());
    vi.advanceTimersByTime(40_000);
    expect(FakeSocket.all.length).toBeGreaterThan(1);
    sync.close();
  });

  test('a new name of the studio is passed on', () => {
    const { sync, events } = connect();
    latest().receive(welcome());
    expect(events.onLive).toHaveBeenLastCalledWith(expect.objectContaining({ studioName: 'Morning show' }));
    latest().receive({ type: 'studio', studioName: 'Evening show' });
    expect(events.onLive).toHaveBeenLastCalledWith({ type: 'studio', studioName: 'Evening show' });
    sync.close();
  });

  test('bye ends it for good and fails what was on its way', async () => {
    const { sync } = connect();
    latest().receive(welcome());
    const waiting = sync.command(solo);
    latest().receive({ type: 'bye', code: 'removed_from_studio' });
    expect(await waiting).toEqual({ ok: false, code: 'removed_from_studio' });
    expect(sync.connection).toEqual({ kind: 'closed', reason: 'removed_from_studio' });
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all).toHaveLength(1);
    expect(await sync.command(solo)).toEqual({ ok: false, code: 'removed_from_studio' });
  });

  test('access that ran out during the show is renewed, and the show goes on', async () => {
    const { sync, renewSession } = connect('renewed');
    latest().receive(welcome());
    latest().close();
    await nextTry();
    sayBye('not_signed_in');
    await vi.advanceTimersByTimeAsync(0);
    expect(renewSession).toHaveBeenCalledTimes(1);
    latest().open();
    latest().receive(welcome({ document: null, events: [] }));
    expect(sync.connection.kind).toBe('open');
    expect(layoutOf(sync)).toBe('grid');
    sync.close();
  });

  test('a session that has ended ends the connection, and so does one that renewing does not help', async () => {
    for (const renewal of ['ended', 'renewed'] as const) {
      const { sync, renewSession } = connect(renewal);
      latest().receive(welcome());
      latest().close();
      await nextTry();
      sayBye('not_signed_in');
      await vi.advanceTimersByTimeAsync(0);
      if (renewal === 'renewed') {
        latest().open();
        sayBye('not_signed_in');
      }
      expect(sync.connection).toEqual({ kind: 'closed', reason: 'not_signed_in' });
      expect(renewSession).toHaveBeenCalledTimes(1);
    }
  });

  test.each(['database_unavailable', 'internal', 'too_many_requests'] as const)(
    'the server’s own trouble passes: %s',
    async (code) => {
      const { sync } = connect();
      latest().receive(welcome());
      latest().close();
      await nextTry();
      const outcome = sync.command(solo);
      sayBye(code);
      expect(sync.connection.kind).toBe('reconnecting');
      await nextTry();
      latest().receive(welcome({ document: null, events: [] }));
      const id = latest().sent.at(-1)?.id ?? '';
      latest().receive({ type: 'accepted', id, seq: 6 });
      expect(await outcome).toEqual({ ok: true });
      sync.close();
    },
  );

  test('while nobody answers, renewing is tried again with each connection', async () => {
    const { sync, renewSession } = connect('unreachable');
    latest().receive(welcome());
    latest().close();
    for (let turn = 1; turn <= 3; turn += 1) {
      await nextTry();
      sayBye('not_signed_in');
      await vi.advanceTimersByTimeAsync(0);
      expect(renewSession).toHaveBeenCalledTimes(turn);
      expect(sync.connection.kind).toBe('reconnecting');
    }
    sync.close();
  });

  test('the socket is on the page’s own origin', () => {
    expect(realtimeUrl('http://localhost:3001')).toBe('ws://localhost:3001/api/v1/realtime');
  });
});
