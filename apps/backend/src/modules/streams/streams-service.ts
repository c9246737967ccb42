import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  type DestinationId,
  type OutputId,
  outputIdSchema,
  type StreamId,
  type StudioId,
  type UserId,
} from '@streamus/contracts';
import { type Database, violatedConstraint } from '@streamus/db';
import { type Sealer, streamKeyContext } from '@streamus/platform';
import type { Transaction } from 'kysely';
import { SEALER } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import { DestinationsRepository } from '../destinations/destinations-repository.ts';
import { roomName } from '../studios/room-names.ts';
import { Capacity } from './capacity.ts';
import { outputView, type StreamRow, streamView } from './stream-views.ts';
import { StreamsRepository } from './streams-repository.ts';

const EVENTS_PER_ANSWER = 1_000;

/** Streams and what they are sent to. Writes the desired state; the media workers make it so. */
@Injectable()
export class StreamsService {
  constructor(
    @Inject(StreamsRepository) private readonly streams: StreamsRepository,
    @Inject(DestinationsRepository) private readonly destinations: DestinationsRepository,
    @Inject(Capacity) private readonly capacity: Capacity,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  /** A new stream goes to the watch page unless that is switched off later. */
  async create(
    studioId: StudioId,
    wish: { title: string; description: string; scheduledStart: string | null; record: boolean },
  ) {
    const row = await this.streams.inTransaction(async (tx) => {
      await this.streams.keepStudio(tx, studioId);
      const studio = await this.streams.studioOf(tx, studioId);
      if (studio === undefined) throw new AppError('not_found');
      const stream = await this.streams.create(tx, {
        studioId,
        userId: studio.user_id,
        title: wish.title,
        description: wish.description,
        roomName: roomName(studioId),
        settings: { programme: studio.document.programme, record: wish.record },
        scheduledStart: wish.scheduledStart === null ? null : new Date(wish.scheduledStart),
      });
      await this.#addWatchPage(tx, stream.id);
      return stream;
    });
    return this.#withOutputs(row);
  }

  async get(streamId: StreamId, userId: UserId) {
    const row = await this.streams.findOwn(streamId, userId);
    if (row === undefined) throw new AppError('not_found');
    return this.#withOutputs(row);
  }

  update(
    streamId: StreamId,
    userId: UserId,
    change: {
      title?: string | undefined;
      description?: string | undefined;
      scheduledStart?: string | null | undefined;
      record?: boolean | undefined;
    },
  ) {
    return this.#change(streamId, userId, async (tx, stream) => {
      if (stream.status === 'ended') throw new AppError('stream_ended');
      const start = change.scheduledStart;
      return this.streams.update(tx, streamId, {
        ...(change.title === undefined ? {} : { title: change.title }),
        ...(change.description === undefined ? {} : { description: change.description }),
        ...(change.record === undefined ? {} : { settings: { ...stream.settings, record: change.record } }),
        ...(start === undefined ? {} : { scheduledStart: start === null ? null : new Date(start) }),
        ...(start === undefined || stream.status === 'live'
          ? {}
          : { status: start === null ? 'draft' : 'scheduled' }),
      });
    });
  }

  async remove(streamId: StreamId, userId: UserId): Promise<void> {
    await this.streams.inTransaction(async (tx) => {
      const stream = await this.#lock(tx, streamId, userId);
      if (stream.status === 'live') throw new AppError('already_live');
      if (await this.streams.hasUnfinishedRecording(tx, streamId)) throw new AppError('recording_unfinished');
      await this.streams.remove(tx, streamId);
    });
  }

  /** The programme's shape is what the studio has now, and stays so until the end. */
  async goLive(streamId: StreamId, userId: UserId) {
    try {
      return await this.#change(streamId, userId, async (tx, stream) => {
        if (stream.status === 'live') throw new AppError('already_live');
        if (stream.status === 'ended') throw new AppError('stream_ended');
        const studio = await this.streams.studioOf(tx, stream.studio_id);
        if (studio === undefined) throw new AppError('not_found');
        const settings = { ...stream.settings, programme: studio.document.programme };
        const refusal = await this.capacity.refusal({ id: streamId, settings }, tx);
        if (refusal !== null) throw new AppError(refusal);
        return this.streams.update(tx, streamId, { status: 'live', actualStart: new Date(), settings });
      });
    } catch (error) {
      if (violatedConstraint(error) === 'streams_one_live_per_studio') throw new AppError('already_live');
      throw error;
    }
  }

  /** Room for a stream with the programme the studio has now. */
  async capacityFor(studioId: StudioId, wish: { outputs: number; record: boolean }) {
    return this.streams.inTransaction(async (tx) => {
      const studio = await this.streams.studioOf(tx, studioId);
      if (studio === undefined) throw new AppError('not_found');
      return this.capacity.for({ ...studio.document.programme, ...wish }, tx);
    });
  }

  async events(streamId: StreamId, userId: UserId, after: number) {
    if ((await this.streams.findOwn(streamId, userId)) === undefined) throw new AppError('not_found');
    return { events: await this.streams.events(streamId, after, EVENTS_PER_ANSWER) };
  }

  end(streamId: StreamId, userId: UserId) {
    return this.#change(streamId, userId, async (tx, stream) => {
      if (stream.status !== 'live') throw new AppError('stream_not_live');
      return this.streams.update(tx, streamId, { status: 'ended', endTime: new Date() });
    });
  }

  async addOutput(streamId: StreamId, userId: UserId, destinationId: DestinationId | null) {
    try {
      return await this.#change(streamId, userId, async (tx, stream) => {
        if (stream.status === 'ended') throw new AppError('stream_ended');
        if (destinationId === null) await this.#addWatchPage(tx, streamId);
        else await this.#addDestination(tx, streamId, userId, destinationId);
        return stream;
      });
    } catch (error) {
      if (violatedConstraint(error) !== null) throw new AppError('output_exists');
      throw error;
    }
  }

  removeOutput(streamId: StreamId, userId: UserId, outputId: OutputId) {
    return this.#change(streamId, userId, async (tx, stream) => {
      if (stream.status === 'ended') throw new AppError('stream_ended');
      if (!(await this.streams.dropOutput(tx, streamId, outputId))) throw new AppError('not_found');
      return stream;
    });
  }

  retryOutput(streamId: StreamId, userId: UserId, outputId: OutputId) {
    return this.#change(streamId, userId, async (tx, stream) => {
      if (stream.status !== 'live') throw new AppError('stream_not_live');
      if (!(await this.streams.requestRetry(tx, streamId, outputId))) throw new AppError('not_found');
      return stream;
    });
  }

  /** The destination was edited: its output takes the new address and key, at once while live. */
  refreshOutput(streamId: StreamId, userId: UserId, outputId: OutputId) {
    return this.#change(streamId, userId, async (tx, stream) => {
      if (stream.status === 'ended') throw new AppError('stream_ended');
      const destinationId = await this.streams.destinationOf(tx, streamId, outputId);
      if (destinationId === null) throw new AppError('not_found');
      const { platform: _, ...change } = await this.#copyOf(destinationId, userId, outputId);
      await this.streams.changeOutput(tx, streamId, outputId, change);
      return stream;
    });
  }

  async #change(
    streamId: StreamId,
    userId: UserId,
    work: (tx: Transaction<Database>, stream: StreamRow) => Promise<StreamRow>,
  ) {
    const row = await this.streams.inTransaction(async (tx) =>
      work(tx, await this.#lock(tx, streamId, userId)),
    );
    return this.#withOutputs(row);
  }

  async #lock(tx: Transaction<Database>, streamId: StreamId, userId: UserId): Promise<StreamRow> {
    const stream = await this.streams.lockOwn(tx, streamId, userId);
    if (stream === undefined) throw new AppError('not_found');
    return stream;
  }

  #addWatchPage(tx: Transaction<Database>, streamId: StreamId): Promise<void> {
    return this.streams.addOutput(tx, {
      id: outputIdSchema.parse(randomUUID()),
      stream_id: streamId,
      destination_id: null,
      platform: 'watch',
      name: 'Watch page',
      rtmp_url: null,
      stream_key_sealed: null,
    });
  }

  /** The output keeps its own copy of address and key: editing the destination later never disturbs the show. */
  async #addDestination(
    tx: Transaction<Database>,
    streamId: StreamId,
    userId: UserId,
    destinationId: DestinationId,
  ) {
    const id = outputIdSchema.parse(randomUUID());
    const copy = await this.#copyOf(destinationId, userId, id);
    await this.streams.addOutput(tx, { id, stream_id: streamId, destination_id: destinationId, ...copy });
  }

  /** What an output keeps of its destination, the key sealed for it. */
  async #copyOf(destinationId: DestinationId, userId: UserId, outputId: OutputId) {
    const destination = await this.destinations.findOwn(destinationId, userId);
    if (destination === undefined) throw new AppError('not_found');
    const key = this.sealer.open(
      destination.stream_key_sealed,
      streamKeyContext('destinations', destination.id),
    );
    return {
      platform: destination.platform,
      name: destination.name,
      rtmp_url: destination.rtmp_url,
      stream_key_sealed: this.sealer.seal(key, streamKeyContext('stream_destinations', outputId)),
    };
  }

  async #withOutputs(row: StreamRow) {
    return { stream: streamView(row), outputs: (await this.streams.outputs(row.id)).map(outputView) };
  }
}
