import { Inject, Injectable } from '@nestjs/common';
import {
  channels,
  type DestinationId,
  type OutputId,
  type StreamEvent,
  type StreamId,
  type StudioId,
  type UserId,
} from '@streamus/contracts';
import type { Database, StreamSettings } from '@streamus/db';
import { migrate } from '@streamus/studio';
import { type Kysely, sql, type Transaction } from 'kysely';
import { DATABASE } from '../../config.ts';

/** SQL of streams and their outputs. Every change of what should run is announced to the media workers. */
@Injectable()
export class StreamsRepository {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  inTransaction<T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> {
    return this.db.transaction().execute(work);
  }

  list(userId: UserId, studioId: StudioId | undefined) {
    let query = this.db.selectFrom('streams').selectAll().where('user_id', '=', userId);
    if (studioId !== undefined) query = query.where('studio_id', '=', studioId);
    return query.orderBy('created_at', 'desc').limit(200).execute();
  }

  find(streamId: StreamId) {
    return this.db.selectFrom('streams').selectAll().where('id', '=', streamId).executeTakeFirst();
  }

  /** The studio's live stream, else the one that comes next. */
  findCurrent(studioId: StudioId) {
    return this.db
      .selectFrom('streams')
      .selectAll()
      .where('studio_id', '=', studioId)
      .where('status', 'in', ['live', 'draft', 'scheduled'])
      .orderBy(sql`status = 'live'`, 'desc')
      .orderBy('scheduled_start', (order) => order.asc().nullsFirst())
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /** The stream, locked; only its owner finds it. */
  lockOwn(tx: Transaction<Database>, streamId: StreamId, userId: UserId) {
    return tx
      .selectFrom('streams')
      .selectAll()
      .where('id', '=', streamId)
      .where('user_id', '=', userId)
      .forUpdate()
      .executeTakeFirst();
  }

  findOwn(streamId: StreamId, userId: UserId) {
    return this.db
      .selectFrom('streams')
      .selectAll()
      .where('id', '=', streamId)
      .where('user_id', '=', userId)
      .executeTakeFirst();
  }

  /** Until the transaction ends the studio is not deleted; one that is being deleted is waited for. */
  async keepStudio(tx: Transaction<Database>, studioId: StudioId): Promise<void> {
    await tx.selectFrom('studios').select('id').where('id', '=', studioId).forKeyShare().execute();
  }

  /** Studio facts a new stream starts from. */
  async studioOf(tx: Transaction<Database>, studioId: StudioId) {
    const row = await tx
      .selectFrom('studios')
      .select(['user_id', 'document'])
      .where('id', '=', studioId)
      .executeTakeFirst();
    return row === undefined ? undefined : { user_id: row.user_id, document: migrate(row.document) };
  }

  async create(
    tx: Transaction<Database>,
    stream: {
      studioId: StudioId;
      userId: UserId;
      title: string;
      description: string;
      roomName: string;
      settings: StreamSettings;
      scheduledStart: Date | null;
    },
  ) {
    const row = await tx
      .insertInto('streams')
      .values({
        studio_id: stream.studioId,
        user_id: stream.userId,
        title: stream.title,
        description: stream.description,
        status: stream.scheduledStart === null ? 'draft' : 'scheduled',
        livekit_room_name: stream.roomName,
        settings: JSON.stringify(stream.settings),
        scheduled_start: stream.scheduledStart,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await this.#announce(tx, row.id);
    return row;
  }

  async update(
    tx: Transaction<Database>,
    streamId: StreamId,
    change: Partial<{
      title: string;
      description: string;
      status: 'draft' | 'scheduled' | 'live' | 'ended';
      settings: StreamSettings;
      scheduledStart: Date | null;
      actualStart: Date;
      endTime: Date;
    }>,
  ) {
    const row = await tx
      .updateTable('streams')
      .set({
        ...(change.title === undefined ? {} : { title: change.title }),
        ...(change.description === undefined ? {} : { description: change.description }),
        ...(change.status === undefined ? {} : { status: change.status }),
        ...(change.settings === undefined ? {} : { settings: JSON.stringify(change.settings) }),
        ...(change.scheduledStart === undefined ? {} : { scheduled_start: change.scheduledStart }),
        ...(change.actualStart === undefined ? {} : { actual_start: change.actualStart }),
        ...(change.endTime === undefined ? {} : { end_time: change.endTime }),
      })
      .where('id', '=', streamId)
      .returningAll()
      .executeTakeFirstOrThrow();
    await this.#announce(tx, streamId);
    return row;
  }

  /** A recording that is still made needs its stream: when it ended, and what happened in it. */
  async hasUnfinishedRecording(tx: Transaction<Database>, streamId: StreamId): Promise<boolean> {
    const row = await tx
      .selectFrom('recordings')
      .select('id')
      .where('stream_id', '=', streamId)
      .where('status', '=', 'processing')
      .where('deleted_at', 'is', null)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Recordings keep their own title and files; the row they point to goes away with them only. */
  async remove(tx: Transaction<Database>, streamId: StreamId): Promise<void> {
    await tx.deleteFrom('streams').where('id', '=', streamId).execute();
    await this.#announce(tx, streamId);
  }

  /** Outputs that should run, in the order they were added. */
  outputs(streamId: StreamId) {
    return this.db
      .selectFrom('stream_destinations')
      .select(['id', 'destination_id', 'platform', 'name', 'metadata'])
      .where('stream_id', '=', streamId)
      .where('wanted', '=', true)
      .orderBy('created_at')
      .execute();
  }

  async addOutput(
    tx: Transaction<Database>,
    output: Pick<
      Database['stream_destinations'],
      'stream_id' | 'destination_id' | 'platform' | 'name' | 'rtmp_url' | 'stream_key_sealed'
    > & {
      id: OutputId;
    },
  ): Promise<void> {
    await tx.insertInto('stream_destinations').values(output).execute();
    await this.#announce(tx, output.stream_id);
  }

  async dropOutput(tx: Transaction<Database>, streamId: StreamId, outputId: OutputId): Promise<boolean> {
    const result = await tx
      .updateTable('stream_destinations')
      .set({ wanted: false })
      .where('id', '=', outputId)
      .where('stream_id', '=', streamId)
      .where('wanted', '=', true)
      .executeTakeFirst();
    await this.#announce(tx, streamId);
    return result.numUpdatedRows > 0n;
  }

  /** The saved destination a wanted output was made from. */
  async destinationOf(
    tx: Transaction<Database>,
    streamId: StreamId,
    outputId: OutputId,
  ): Promise<DestinationId | null> {
    const row = await tx
      .selectFrom('stream_destinations')
      .select('destination_id')
      .where('id', '=', outputId)
      .where('stream_id', '=', streamId)
      .where('wanted', '=', true)
      .executeTakeFirst();
    return row?.destination_id ?? null;
  }

  async changeOutput(
    tx: Transaction<Database>,
    streamId: StreamId,
    outputId: OutputId,
    change: { name: string; rtmp_url: string; stream_key_sealed: string },
  ): Promise<void> {
    await tx.updateTable('stream_destinations').set(change).where('id', '=', outputId).execute();
    await this.#announce(tx, streamId);
  }

  async requestRetry(tx: Transaction<Database>, streamId: StreamId, outputId: OutputId): Promise<boolean> {
    const result = await tx
      .updateTable('stream_destinations')
      .set({ retry_requested_at: sql`now()` })
      .where('id', '=', outputId)
      .where('stream_id', '=', streamId)
      .where('wanted', '=', true)
      .executeTakeFirst();
    await this.#announce(tx, streamId);
    return result.numUpdatedRows > 0n;
  }

  programmeHealth(streamId: StreamId) {
    return this.db
      .selectFrom('stream_health')
      .select(['health', 'composer'])
      .where('stream_id', '=', streamId)
      .executeTakeFirst();
  }

  /** The last `limit` entries of the event log after entry `after`, oldest first. */
  async events(streamId: StreamId, after: number, limit: number): Promise<StreamEvent[]> {
    const rows = await this.db
      .selectFrom('stream_events')
      .select(['id', 'at', 'event'])
      .where('stream_id', '=', streamId)
      .where('id', '>', after)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.reverse().map(({ id, at, event }) => ({ id, at: at.toISOString(), event }));
  }

  async #announce(tx: Transaction<Database>, streamId: StreamId): Promise<void> {
    await sql`select pg_notify(${channels.streamWanted}, ${streamId})`.execute(tx);
  }
}
