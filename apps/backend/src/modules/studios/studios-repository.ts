import { Inject, Injectable } from '@nestjs/common';
import {
  channels,
  type StreamHappening,
  type StreamId,
  type StudioEvent,
  type StudioId,
  type UserId,
} from '@streamus/contracts';
import type { Database } from '@streamus/db';
import { type AnyCommand, migrate, type PersonId, type StudioDocument } from '@streamus/studio';
import { type Kysely, sql, type Transaction } from 'kysely';
import { DATABASE } from '../../config.ts';

/** A studio's document, locked until the transaction ends. */
export interface LockedStudio {
  readonly document: StudioDocument;
  readonly seq: number;
  /** The stream that is live, if any. */
  readonly liveStream: StreamId | null;
}

/** SQL of studios, their documents and event logs. */
@Injectable()
export class StudiosRepository {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  findOwner(studioId: StudioId, userId: UserId) {
    return this.db
      .selectFrom('studios')
      .innerJoin('users', 'users.id', 'studios.user_id')
      .select(['host_person_id', 'users.username'])
      .where('studios.id', '=', studioId)
      .where('studios.user_id', '=', userId)
      .executeTakeFirst();
  }

  findGuest(studioId: StudioId, person: PersonId) {
    return this.db
      .selectFrom('guests')
      .select(['id', 'role', 'display_name', 'removed_at'])
      .where('studio_id', '=', studioId)
      .where('id', '=', person)
      .executeTakeFirst();
  }

  listByOwner(userId: UserId) {
    return this.#summaries().where('studios.user_id', '=', userId).orderBy('studios.created_at').execute();
  }

  findSummary(studioId: StudioId) {
    return this.#summaries().where('studios.id', '=', studioId).executeTakeFirst();
  }

  async create(userId: UserId, name: string, document: StudioDocument): Promise<StudioId> {
    const row = await this.db
      .insertInto('studios')
      .values({ user_id: userId, name, document: JSON.stringify(document) })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }

  async rename(studioId: StudioId, name: string): Promise<void> {
    await this.inTransaction(async (tx) => {
      await tx.updateTable('studios').set({ name }).where('id', '=', studioId).execute();
      await this.#announceChange(tx, studioId);
    });
  }

  /** A studio and its owner's others, locked in one order, so that of two deletions one waits for the other. */
  async lockWithOthers(tx: Transaction<Database>, studioId: StudioId): Promise<StudioId[]> {
    const rows = await tx
      .selectFrom('studios')
      .select('id')
      .where('user_id', '=', (eb) => eb.selectFrom('studios').select('user_id').where('id', '=', studioId))
      .orderBy('id')
      .forUpdate()
      .execute();
    return rows.map(({ id }) => id);
  }

  /** Locks a studio's streams, so that none goes live meanwhile; true when one is live. */
  async lockStreams(tx: Transaction<Database>, studioId: StudioId): Promise<boolean> {
    const rows = await tx
      .selectFrom('streams')
      .select('status')
      .where('studio_id', '=', studioId)
      .orderBy('id')
      .forUpdate()
      .execute();
    return rows.some(({ status }) => status === 'live');
  }

  /** A recording that is still made needs its stream: when it ended, and what happened in it. */
  async hasUnfinishedRecording(tx: Transaction<Database>, studioId: StudioId): Promise<boolean> {
    const row = await tx
      .selectFrom('recordings')
      .innerJoin('streams', 'streams.id', 'recordings.stream_id')
      .select('recordings.id')
      .where('streams.studio_id', '=', studioId)
      .where('recordings.status', '=', 'processing')
      .where('recordings.deleted_at', 'is', null)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Its log, guests, links and streams go with it; recordings lose their stream and stay. */
  async remove(tx: Transaction<Database>, studioId: StudioId): Promise<void> {
    await tx.deleteFrom('studios').where('id', '=', studioId).execute();
    await this.#announceChange(tx, studioId);
  }

  /** What the documents of the owner's other studios hold as layouts; those of version 1 hold none. */
  async otherLayouts(studioId: StudioId): Promise<{ id: StudioId; name: string; layouts: unknown }[]> {
    return await this.db
      .selectFrom('studios')
      .innerJoin('studios as here', 'here.user_id', 'studios.user_id')
      .select(['studios.id', 'studios.name', sql<unknown>`studios.document -> 'layouts'`.as('layouts')])
      .where('here.id', '=', studioId)
      .whereRef('studios.id', '<>', 'here.id')
      .orderBy('studios.created_at')
      .execute();
  }

  async readDocument(studioId: StudioId) {
    const row = await this.db
      .selectFrom('studios')
      .select(['name', 'document', 'seq'])
      .where('id', '=', studioId)
      .executeTakeFirst();
    return row === undefined ? undefined : { ...row, document: migrate(row.document) };
  }

  async eventsAfter(studioId: StudioId, seq: number, limit: number): Promise<StudioEvent[]> {
    const rows = await this.db
      .selectFrom('studio_events')
      .selectAll()
      .where('studio_id', '=', studioId)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      seq: row.seq,
      command: row.command,
      by: row.by_person,
      commandId: row.command_id,
      at: row.at.toISOString(),
    }));
  }

  /** Those of these commands that are among the events up to `seq`. */
  async commandsUpTo(studioId: StudioId, seq: number, ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await this.db
      .selectFrom('studio_events')
      .select('command_id')
      .where('studio_id', '=', studioId)
      .where('seq', '<=', seq)
      .where('command_id', 'in', ids)
      .execute();
    return rows.flatMap(({ command_id }) => command_id ?? []);
  }

  inTransaction<T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> {
    return this.db.transaction().execute(work);
  }

  async lock(tx: Transaction<Database>, studioId: StudioId): Promise<LockedStudio | null> {
    const row = await tx
      .selectFrom('studios')
      .select((eb) => [
        'document',
        'seq',
        eb
          .selectFrom('streams')
          .select('streams.id')
          .whereRef('streams.studio_id', '=', 'studios.id')
          .where('streams.status', '=', 'live')
          .limit(1)
          .as('live_stream'),
      ])
      .where('id', '=', studioId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return null;
    return { document: migrate(row.document), seq: row.seq, liveStream: row.live_stream };
  }

  /** Sequence number of a command that was stored before under the same id. */
  async seqOfCommand(
    tx: Transaction<Database>,
    studioId: StudioId,
    commandId: string,
  ): Promise<number | null> {
    const row = await tx
      .selectFrom('studio_events')
      .select('seq')
      .where('studio_id', '=', studioId)
      .where('command_id', '=', commandId)
      .executeTakeFirst();
    return row?.seq ?? null;
  }

  /** Appends the event, stores the snapshot and tells everybody, all at the commit of `tx`. */
  async append(
    tx: Transaction<Database>,
    studioId: StudioId,
    event: { seq: number; command: AnyCommand; by: PersonId | null; commandId: string | null; at: Date },
    document: StudioDocument,
  ): Promise<void> {
    await tx
      .insertInto('studio_events')
      .values({
        studio_id: studioId,
        seq: event.seq,
        command: JSON.stringify(event.command),
        by_person: event.by,
        command_id: event.commandId,
        at: event.at,
      })
      .execute();
    await tx
      .updateTable('studios')
      .set({ document: JSON.stringify(document), seq: event.seq })
      .where('id', '=', studioId)
      .execute();
    await sql`select pg_notify(${channels.studioEvents}, ${`${studioId}:${event.seq}`})`.execute(tx);
  }

  /** Writes down what happened in a stream; the next health of the stream brings it to the studio. */
  async noteHappening(
    tx: Transaction<Database>,
    streamId: StreamId,
    happening: StreamHappening,
  ): Promise<void> {
    await tx
      .insertInto('stream_events')
      .values({ stream_id: streamId, event: JSON.stringify(happening) })
      .execute();
  }

  /** Ends a guest's session; their sockets close at the commit. */
  async markRemoved(tx: Transaction<Database>, studioId: StudioId, person: PersonId): Promise<void> {
    await tx
      .updateTable('guests')
      .set({ removed_at: sql`now()`, left_at: sql`now()` })
      .where('studio_id', '=', studioId)
      .where('id', '=', person)
      .execute();
    await sql`select pg_notify(${channels.removed}, ${`${studioId}:${person}`})`.execute(tx);
  }

  async #announceChange(tx: Transaction<Database>, studioId: StudioId): Promise<void> {
    await sql`select pg_notify(${channels.studioChanged}, ${studioId})`.execute(tx);
  }

  #summaries() {
    return (
      this.db
        .selectFrom('studios')
        .leftJoin('streams', (join) =>
          join.onRef('streams.studio_id', '=', 'studios.id').on('streams.status', '=', 'live'),
        )
        .select(['studios.id', 'studios.name', 'studios.created_at', 'streams.id as live_stream_id'])
        // In documents of every version.
        .select(sql<unknown>`studios.document -> 'programme'`.as('programme'))
    );
  }
}
