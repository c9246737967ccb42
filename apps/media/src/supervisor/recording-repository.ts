import type { RecordingId, StreamId } from '@streamus/contracts';
import type { Database, StoredPart } from '@streamus/db';
import { type Kysely, sql } from 'kysely';
import type { RecordedEvent } from '../recorder/chapter-metadata.ts';
import type { FinishedRecording } from '../recorder/finalise.ts';

/** Who makes a recording's file says so at least this often; then another may try. */
const CLAIM_SECONDS = 30;
/** A chapter comes from an event; more than this many events are not looked at. */
const MOST_EVENTS = 20_000;

export interface UnfinishedRecording {
  readonly id: RecordingId;
  readonly streamId: StreamId | null;
  /** How long the stream has been over. */
  readonly endedMsAgo: number;
}

export type RecordingStatus = 'processing' | 'ready' | 'error';

/** What the media workers read and write about recordings. */
export class RecordingRepository {
  readonly #db: Kysely<Database>;
  readonly #worker: string;

  constructor(db: Kysely<Database>, worker: string) {
    this.#db = db;
    this.#worker = worker;
  }

  /** The recording of this airing: the one that is being made, or a new row. */
  async recordingOf(streamId: StreamId): Promise<RecordingId> {
    const known = await this.#db
      .selectFrom('recordings')
      .select('id')
      .where('stream_id', '=', streamId)
      .where('status', '=', 'processing')
      .executeTakeFirst();
    if (known !== undefined) return known.id;
    const { id } = await this.#db
      .insertInto('recordings')
      .columns(['stream_id', 'user_id', 'title'])
      .expression((builder) =>
        builder.selectFrom('streams').select(['id', 'user_id', 'title']).where('id', '=', streamId),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }

  /** Recordings whose show is over and whose file is not there yet. */
  async unfinished(): Promise<UnfinishedRecording[]> {
    const { rows } = await sql<UnfinishedRecording>`
      select recordings.id, recordings.stream_id as "streamId",
        coalesce(extract(epoch from now() - streams.end_time) * 1000, 86400000)::double precision as "endedMsAgo"
      from recordings left join streams on streams.id = recordings.stream_id
      where recordings.status = 'processing' and (streams.status is null or streams.status = 'ended')
        and (finisher is null or finisher = ${this.#worker}::uuid or finisher_until < now())
      order by recordings.started_at`.execute(this.#db);
    return rows;
  }

  /** Whether the recording is this worker's to finish now. */
  async claim(id: RecordingId): Promise<boolean> {
    const { rows } = await sql`
      update recordings
      set finisher = ${this.#worker}::uuid, finisher_until = now() + ${CLAIM_SECONDS} * interval '1 second'
      where id = ${id} and status = 'processing'
        and (finisher is null or finisher = ${this.#worker}::uuid or finisher_until < now())
      returning id`.execute(this.#db);
    return rows.length > 0;
  }

  /** How far the file is, and that this worker is still at it. */
  async advance(id: RecordingId, progress: number | null): Promise<void> {
    await this.#db
      .updateTable('recordings')
      .set({ progress, finisher_until: sql<Date>`now() + ${CLAIM_SECONDS} * interval '1 second'` })
      .where('id', '=', id)
      .where('status', '=', 'processing')
      .where('finisher', '=', this.#worker)
      .execute();
  }

  async events(streamId: StreamId): Promise<RecordedEvent[]> {
    const rows = await this.#db
      .selectFrom('stream_events')
      .select(['at', 'event'])
      .where('stream_id', '=', streamId)
      .orderBy('id')
      .limit(MOST_EVENTS)
      .execute();
    return rows.map(({ at, event }) => ({ at: at.toISOString(), event }));
  }

  async partsReady(id: RecordingId, parts: readonly StoredPart[]): Promise<void> {
    await this.#db
      .updateTable('recordings')
      .set({ parts: JSON.stringify(parts), progress: 0 })
      .where('id', '=', id)
      .execute();
  }

  async finish(id: RecordingId, finished: FinishedRecording): Promise<void> {
    await this.#db
      .updateTable('recordings')
      .set({
        status: 'ready',
        file_url: finished.fileKey,
        thumbnail_url: finished.thumbnailKey,
        file_size: finished.size,
        duration: finished.seconds,
        resolution: finished.resolution,
        format: 'mp4',
        chapters: JSON.stringify(finished.chapters),
        progress: null,
        finisher: null,
        finisher_until: null,
      })
      .where('id', '=', id)
      .execute();
  }

  async fail(id: RecordingId): Promise<void> {
    await this.#db
      .updateTable('recordings')
      .set({ status: 'error', progress: null, finisher: null, finisher_until: null })
      .where('id', '=', id)
      .execute();
  }

  /** Lets another worker, or the next life of this one, finish it at once. */
  async release(id: RecordingId): Promise<void> {
    await this.#db
      .updateTable('recordings')
      .set({ finisher: null, finisher_until: null })
      .where('id', '=', id)
      .where('finisher', '=', this.#worker)
      .execute();
  }

  /** How those of the recordings are that exist. */
  async statusOf(ids: readonly string[]): Promise<ReadonlyMap<string, RecordingStatus>> {
    if (ids.length === 0) return new Map();
    const { rows } = await sql<{ id: string; status: RecordingStatus }>`
      select id::text, status from recordings where id::text = any(${ids})`.execute(this.#db);
    return new Map(rows.map(({ id, status }) => [id, status]));
  }

  /** Gives a recording that was given up another try. */
  async reopen(id: string): Promise<void> {
    await sql`update recordings set status = 'processing' where id::text = ${id} and status = 'error'`.execute(
      this.#db,
    );
  }

  /** A row for a take that has none; false when its stream is gone, too. */
  async adopt(id: string, streamId: string): Promise<boolean> {
    const { rows } = await sql`
      insert into recordings (id, stream_id, user_id, title, started_at)
      select ${id}::uuid, id, user_id, title, coalesce(actual_start, now()) from streams where id::text = ${streamId}
      on conflict (id) do nothing
      returning id`.execute(this.#db);
    return rows.length > 0;
  }
}
