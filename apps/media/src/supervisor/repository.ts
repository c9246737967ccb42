import {
  channels,
  type OutputHealth,
  type OutputId,
  type ProgrammeHealth,
  type StreamHappening,
  type StreamId,
} from '@streamus/contracts';
import type { Database, StreamSettings } from '@streamus/db';
import { type Kysely, sql } from 'kysely';
import type { TimedHappening } from './carried-show.ts';
import type { HeldLease } from './lease-repository.ts';

export interface ClaimedStream {
  readonly id: StreamId;
  readonly fence: number;
  readonly room: string;
  readonly programme: StreamSettings['programme'];
  readonly record: boolean;
}

export interface WantedOutput {
  readonly id: OutputId;
  readonly streamId: StreamId;
  readonly platform: 'watch' | 'custom';
  readonly name: string;
  readonly url: string | null;
  readonly sealedKey: string | null;
  readonly retryRequestedAt: Date | null;
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

  /** What is to be done for streams this worker holds. */
  async describe(held: readonly HeldLease[]): Promise<ClaimedStream[]> {
    if (held.length === 0) return [];
    const fences = new Map(held.map(({ id, fence }) => [id, fence]));
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

  async wantedOutputs(streams: readonly StreamId[]): Promise<WantedOutput[]> {
    if (streams.length === 0) return [];
    const rows = await this.#db
      .selectFrom('stream_destinations')
      .select(['id', 'stream_id', 'platform', 'name', 'rtmp_url', 'stream_key_sealed', 'retry_requested_at'])
      .where('stream_id', 'in', [...streams])
      .where('wanted', '=', true)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      streamId: row.stream_id,
      platform: row.platform,
      name: row.name,
      url: row.rtmp_url,
      sealedKey: row.stream_key_sealed,
      retryRequestedAt: row.retry_requested_at,
    }));
  }

  /**
   * Writes the health of a stream and its outputs, and what happened since the last time. False: another worker holds
   * the stream by now, nothing was written.
   */
  async saveHealth(
    stream: Pick<ClaimedStream, 'id' | 'fence'>,
    programme: ProgrammeHealth,
    outputs: ReadonlyMap<OutputId, OutputHealth>,
    happened: readonly TimedHappening[],
  ): Promise<boolean> {
    return this.#db.transaction().execute(async (trx) => {
      const lease = await trx
        .selectFrom('media_leases')
        .select('fence')
        .where('stream_id', '=', stream.id)
        .where('worker_id', '=', this.#worker)
        .where('fence', '=', stream.fence)
        .forShare()
        .executeTakeFirst();
      if (lease === undefined) return false;
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
      await tell(trx, stream.id, happened);
      await sql`select pg_notify(${channels.streamHealth}, ${stream.id})`.execute(trx);
      return true;
    });
  }

  /** Seconds on the recording as of the stream's last health; 0 when there is none. */
  async recordedSeconds(streamId: StreamId): Promise<number> {
    const row = await this.#db
      .selectFrom('stream_health')
      .select('health')
      .where('stream_id', '=', streamId)
      .executeTakeFirst();
    return row?.health.recordedSeconds ?? 0;
  }

  /** Marks what a show that is over sent to as disconnected. */
  async closeOutputs(streamId: StreamId): Promise<void> {
    await closeOutputs(this.#db, streamId, true);
    await tell(this.#db, streamId, [{ at: new Date(), event: { type: 'show-ended' } }]);
    await sql`select pg_notify(${channels.streamHealth}, ${streamId})`.execute(this.#db);
  }

  /** Tells the stream's host, once a minute at most, that no worker has room. */
  async tellNoCapacity(streamId: StreamId): Promise<void> {
    const happening: StreamHappening = { type: 'no-capacity' };
    await sql`
      insert into stream_events (stream_id, event)
      select ${streamId}, ${JSON.stringify(happening)}::jsonb
      where not exists (
        select 1 from stream_events
        where stream_id = ${streamId} and event ->> 'type' = 'no-capacity' and at > now() - interval '1 minute'
      )`.execute(this.#db);
    await sql`select pg_notify(${channels.streamHealth}, ${streamId})`.execute(this.#db);
  }
}

async function tell(
  db: Kysely<Database>,
  streamId: StreamId,
  happened: readonly TimedHappening[],
): Promise<void> {
  if (happened.length === 0) return;
  await db
    .insertInto('stream_events')
    .values(happened.map(({ at, event }) => ({ stream_id: streamId, at, event: JSON.stringify(event) })))
    .execute();
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
