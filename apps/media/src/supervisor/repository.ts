import {
  channels,
  type OutputHealth,
  type OutputId,
  type ProgrammeHealth,
  type RecordingId,
  type StreamId,
} from '@streamus/contracts';
import type { Database } from '@streamus/db';
import { type Kysely, sql } from 'kysely';
import type { FinishedRecording } from '../recorder/finalise.ts';

/** A lease holds this long; a worker renews it every second. */
const LEASE_SECONDS = 10;

export interface ClaimedStream {
  readonly id: StreamId;
  readonly fence: number;
  readonly room: string;
  readonly programme: { readonly width: number; readonly height: number; readonly fps: number };
  readonly record: boolean;
}

export interface WantedOutput {
  readonly id: OutputId;
  readonly streamId: StreamId;
  readonly platform: 'watch' | 'custom';
  readonly url: string | null;
  readonly sealedKey: string | null;
  readonly retryRequestedAt: Date | null;
}

export interface UnfinishedRecording {
  readonly id: RecordingId;
  readonly streamId: StreamId | null;
}

type OutputStatus = 'pending' | 'connected' | 'disconnected' | 'error';

/** How the database's four words stand for an output's states. */
export function outputStatus(state: OutputHealth['state']): OutputStatus {
  switch (state) {
    case 'idle':
    case 'connecting':
      return 'pending';
    case 'live':
    case 'degraded':
      return 'connected';
    case 'backing-off':
    case 'stopped':
      return 'disconnected';
    case 'failed':
      return 'error';
  }
}

/** All that the media workers read from and write to the database. */
export class MediaRepository {
  readonly #db: Kysely<Database>;
  readonly #worker: string;

  constructor(db: Kysely<Database>, worker: string) {
    this.#db = db;
    this.#worker = worker;
  }

  /**
   * Takes or renews the leases of all live streams that nobody else holds, and returns the streams held now. The fence
   * grows whenever a stream changes hands.
   */
  async claim(): Promise<ClaimedStream[]> {
    const held = await sql<{ stream_id: StreamId; fence: number }>`
      insert into media_leases as lease (stream_id, worker_id, fence, expires_at)
      select id, ${this.#worker}::uuid, 1, now() + ${LEASE_SECONDS} * interval '1 second'
      from streams where status = 'live'
      on conflict (stream_id) do update
        set worker_id = excluded.worker_id,
            fence = lease.fence + case when lease.worker_id = excluded.worker_id then 0 else 1 end,
            expires_at = excluded.expires_at
        where lease.worker_id = excluded.worker_id or lease.expires_at < now()
      returning stream_id, fence`.execute(this.#db);
    if (held.rows.length === 0) return [];
    const fences = new Map(held.rows.map((row) => [row.stream_id, row.fence]));
    const streams = await this.#db
      .selectFrom('streams')
      .select(['id', 'livekit_room_name', 'settings'])
      .where('id', 'in', [...fences.keys()])
      .execute();
    return streams.map((stream) => ({
      id: stream.id,
      fence: fences.get(stream.id) ?? 0,
      room: stream.livekit_room_name,
      programme: stream.settings.programme,
      record: stream.settings.record,
    }));
  }

  async release(streamId: StreamId): Promise<void> {
    await this.#db
      .updateTable('media_leases')
      .set({ expires_at: sql<Date>`now()` })
      .where('stream_id', '=', streamId)
      .where('worker_id', '=', this.#worker)
      .execute();
  }

  async wantedOutputs(streams: readonly StreamId[]): Promise<WantedOutput[]> {
    if (streams.length === 0) return [];
    const rows = await this.#db
      .selectFrom('stream_destinations')
      .select(['id', 'stream_id', 'platform', 'rtmp_url', 'stream_key_sealed', 'retry_requested_at'])
      .where('stream_id', 'in', [...streams])
      .where('wanted', '=', true)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      streamId: row.stream_id,
      platform: row.platform,
      url: row.rtmp_url,
      sealedKey: row.stream_key_sealed,
      retryRequestedAt: row.retry_requested_at,
    }));
  }

  /** Writes the health of a stream and its outputs, unless another worker holds it by now. */
  async saveHealth(
    stream: Pick<ClaimedStream, 'id' | 'fence'>,
    programme: ProgrammeHealth,
    outputs: ReadonlyMap<OutputId, OutputHealth>,
  ): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const lease = await trx
        .selectFrom('media_leases')
        .select('fence')
        .where('stream_id', '=', stream.id)
        .where('worker_id', '=', this.#worker)
        .where('fence', '=', stream.fence)
        .forShare()
        .executeTakeFirst();
      if (lease === undefined) return;
      await trx
        .insertInto('stream_health')
        .values({ stream_id: stream.id, health: JSON.stringify(programme), updated_at: sql<Date>`now()` })
        .onConflict((conflict) =>
          conflict
            .column('stream_id')
            .doUpdateSet({ health: JSON.stringify(programme), updated_at: sql<Date>`now()` }),
        )
        .execute();
      for (const [id, health] of outputs) {
        await trx
          .updateTable('stream_destinations')
          .set({ status: outputStatus(health.state), metadata: JSON.stringify(health) })
          .where('id', '=', id)
          .execute();
      }
      await closeOutputs(trx, stream.id, false);
      await sql`select pg_notify(${channels.streamHealth}, ${stream.id})`.execute(trx);
    });
  }

  /** Marks what a show that is over sent to as disconnected. */
  async closeOutputs(streamId: StreamId): Promise<void> {
    await closeOutputs(this.#db, streamId, true);
    await sql`select pg_notify(${channels.streamHealth}, ${streamId})`.execute(this.#db);
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
  async unfinishedRecordings(): Promise<UnfinishedRecording[]> {
    return this.#db
      .selectFrom('recordings')
      .leftJoin('streams', 'streams.id', 'recordings.stream_id')
      .select(['recordings.id as id', 'recordings.stream_id as streamId'])
      .where('recordings.status', '=', 'processing')
      .where((where) =>
        where.or([where('streams.status', 'is', null), where('streams.status', '=', 'ended')]),
      )
      .execute();
  }

  async finishRecording(id: RecordingId, finished: FinishedRecording): Promise<void> {
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
      })
      .where('id', '=', id)
      .execute();
  }

  async failRecording(id: RecordingId): Promise<void> {
    await this.#db.updateTable('recordings').set({ status: 'error' }).where('id', '=', id).execute();
  }
}

/** Outputs that do not run any more are stopped and disconnected: all of an ended stream, or those not wanted. */
async function closeOutputs(db: Kysely<Database>, streamId: StreamId, all: boolean): Promise<void> {
  await sql`
    update stream_destinations
    set status = 'disconnected',
        metadata = case when metadata ? 'state'
          then metadata || '{"state": "stopped", "bitrate": 0, "queueMs": 0, "retryAt": null, "liveSince": null}'::jsonb
          else metadata end
    where stream_id = ${streamId} and (${all} or not wanted) and status in ('connected', 'pending')`.execute(
    db,
  );
}
