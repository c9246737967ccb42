import { Inject, Injectable } from '@nestjs/common';
import {
  type ClientMessage,
  type ComposerHealth,
  mayInStudio,
  type ServerMessage,
  type StudioId,
} from '@streamus/contracts';
import type { Logger } from '@streamus/platform';
import { LOGGER } from '../../config.ts';
import { ComposerRepository } from '../composer/composer-repository.ts';
import { outputView, programmeView, streamView } from '../streams/stream-views.ts';
import { StreamsRepository } from '../streams/streams-repository.ts';
import { StudiosRepository } from '../studios/studios-repository.ts';
import type { Connection } from './connection.ts';
import { OpenConnections } from './open-connections.ts';

/** Further behind than this a client gets the whole document instead of the events. */
const RESUME_LIMIT = 500;

/** Entries of the event log a connection is told at first, and at most at once. */
const RECENT_EVENTS = 100;

type StreamMessage = Extract<ServerMessage, { type: 'stream' }>;
type Hello = Extract<ClientMessage, { type: 'hello' }>;
type Welcome = Extract<ServerMessage, { type: 'welcome' }>;

/**
 * Brings every studio's news to its connections. What concerns one studio happens in one queue, so a
 * connection sees every event after its welcome, in order, once.
 */
@Injectable()
export class StudioChannel {
  readonly #queues = new Map<StudioId, Promise<void>>();

  constructor(
    @Inject(OpenConnections) private readonly open: OpenConnections,
    @Inject(StudiosRepository) private readonly studios: StudiosRepository,
    @Inject(StreamsRepository) private readonly streams: StreamsRepository,
    @Inject(ComposerRepository) private readonly composers: ComposerRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Welcomes a connection and lets it take part. `makeConnection` gets the sequence number the welcome carries. */
  join(
    studioId: StudioId,
    { lastSeq, pending }: Pick<Hello, 'lastSeq' | 'pending'>,
    makeConnection: (seq: number) => Connection,
    welcome: Pick<Welcome, 'you' | 'room'>,
  ): Promise<Connection | null> {
    return this.#queue(studioId, async () => {
      const studio = await this.studios.readDocument(studioId);
      if (studio === undefined) return null;
      const behind = lastSeq === null ? null : studio.seq - lastSeq;
      const resumes = behind !== null && behind >= 0 && behind <= RESUME_LIMIT;
      const events =
        resumes && lastSeq !== null ? await this.studios.eventsAfter(studioId, lastSeq, RESUME_LIMIT) : [];
      const seq = events.at(-1)?.seq ?? studio.seq;
      const applied = resumes ? [] : await this.studios.commandsUpTo(studioId, seq, pending);
      const connection = makeConnection(seq);
      const { type: _, ...stream } = this.#forRole(await this.#streamMessage(studioId), connection);
      this.open.add(connection);
      connection.send({
        type: 'welcome',
        ...welcome,
        studioName: studio.name,
        document: resumes ? null : studio.document,
        events,
        applied,
        seq,
        atMs: Date.now(),
        presence: this.open.presence(studioId),
        composer: await this.composers.holder(studioId),
        ...stream,
      });
      this.announcePresence(studioId);
      await this.#tellHappened(studioId, [connection]);
      return connection;
    });
  }

  announcePresence(studioId: StudioId): void {
    const presence = this.open.presence(studioId);
    for (const connection of this.open.of(studioId)) connection.send({ type: 'presence', presence });
  }

  /** Sends the events each connection has not seen. */
  announceEvents(studioId: StudioId): void {
    this.#inBackground(studioId, async () => {
      const connections = this.open.of(studioId);
      const seen = Math.min(...[...connections].map((connection) => connection.seq));
      if (!Number.isFinite(seen)) return;
      for (const event of await this.studios.eventsAfter(studioId, seen, 10_000)) {
        for (const connection of connections) {
          if (event.seq <= connection.seq) continue;
          connection.seq = event.seq;
          connection.send({ type: 'event', event });
        }
      }
    });
  }

  /** What the studio is called by now; of a deleted one everybody takes leave. */
  announceStudio(studioId: StudioId): void {
    this.#inBackground(studioId, async () => {
      const studio = await this.studios.findSummary(studioId);
      for (const connection of this.open.of(studioId)) {
        if (studio === undefined) connection.bye('studio_deleted');
        else connection.send({ type: 'studio', studioName: studio.name });
      }
    });
  }

  announceComposer(studioId: StudioId): void {
    this.#inBackground(studioId, async () => {
      const composer = await this.composers.holder(studioId);
      for (const connection of this.open.of(studioId)) connection.send({ type: 'composer', composer });
    });
  }

  announceStream(studioId: StudioId): void {
    this.#inBackground(studioId, async () => {
      const message = await this.#streamMessage(studioId);
      for (const connection of this.open.of(studioId)) connection.send(this.#forRole(message, connection));
      await this.#tellHappened(studioId, [...this.open.of(studioId)]);
    });
  }

  /** Keeps what the composing tab says of itself; the next health of the stream carries it to the studio. */
  async noteComposing(connection: Connection, health: ComposerHealth): Promise<void> {
    const { studioId } = connection.member;
    if (!connection.mayReport(Date.now())) return;
    try {
      await this.composers.saveHealth(studioId, connection.id, health);
    } catch (error) {
      this.logger.warn({ err: error, studioId }, 'the composer’s health was not saved');
    }
  }

  async #tellHappened(studioId: StudioId, connections: readonly Connection[]): Promise<void> {
    const watching = connections.filter(({ member }) => mayInStudio(member.role, 'see-outputs'));
    const stream = watching.length === 0 ? undefined : await this.streams.findCurrent(studioId);
    if (stream?.status !== 'live') return;
    const seen = Math.min(...watching.map(({ happened }) => happened ?? 0));
    const events = await this.streams.events(stream.id, seen, RECENT_EVENTS);
    for (const connection of watching) {
      const fresh = events.filter(({ id }) => id > (connection.happened ?? 0));
      connection.happened = events.at(-1)?.id ?? connection.happened;
      if (fresh.length > 0) connection.send({ type: 'happened', streamId: stream.id, events: fresh });
    }
  }

  async #streamMessage(studioId: StudioId): Promise<StreamMessage> {
    const row = await this.streams.findCurrent(studioId);
    if (row === undefined)
      return { type: 'stream', stream: null, outputs: [], programme: null, composing: null };
    const [outputs, health] = await Promise.all([
      this.streams.outputs(row.id),
      row.status === 'live' ? this.streams.programmeHealth(row.id) : undefined,
    ]);
    return {
      type: 'stream',
      stream: streamView(row),
      outputs: outputs.map(outputView),
      programme: health === undefined ? null : programmeView(health.health),
      composing: health?.composer ?? null,
    };
  }

  #forRole(message: StreamMessage, connection: Connection): StreamMessage {
    return mayInStudio(connection.member.role, 'see-outputs')
      ? message
      : { ...message, outputs: [], programme: null, composing: null };
  }

  #inBackground(studioId: StudioId, work: () => Promise<void>): void {
    if (this.open.of(studioId).size === 0) return;
    this.#queue(studioId, work).catch((error: unknown) => {
      // The next notification or the bus listener's gap handling reads everything again.
      this.logger.warn({ err: error, studioId }, 'news could not be read');
    });
  }

  #queue<T>(studioId: StudioId, work: () => Promise<T>): Promise<T> {
    const before = this.#queues.get(studioId) ?? Promise.resolve();
    const result = before.then(work);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    this.#queues.set(studioId, settled);
    void settled.then(() => {
      if (this.#queues.get(studioId) === settled) this.#queues.delete(studioId);
    });
    return result;
  }
}
