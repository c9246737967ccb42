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

/** An output that does not run any more, as the statements below write it and find those that must be written. */
const CLOSED = sql`
  status = 'disconnected',
  metadata = case when output.metadata ? 'state'
    then output.metadata || '{"state": "stopped", "bitrate": 0, "queueMs": 0, "retryAt": null, "liveSince": null}'::jsonb
    else output.metadata end`;
const MAY_BE_CLOSED = sql`output.status in ('connected', 'pending')`;

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
    const told = [...outputs].map(([id, health]) => ({ id, status: outputStatus(health.state), health }));
    // Once a second for each stream: ten statements in a transaction cost this process four times as much (docs/figures.md).
    const { rows } = await sql`
      with held as (
        select stream_id from media_leases
        where stream_id = ${stream.id} and worker_id = ${this.#worker}::uuid and fence = ${stream.fence}
        for share
      ), programme as (
        insert into stream_health (stream_id, health)
        select stream_id, ${JSON.stringify(programme)}::jsonb from held
        on conflict (stream_id) do update set health = excluded.health, updated_at = now()
      ), outputs as (
        update stream_destinations as output set status = told.status, metadata = told.health
        from held, jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as told (id uuid, status text, health jsonb)
        where output.stream_id = held.stream_id and output.id = told.id and output.wanted
      ), closed as (
        update stream_destinations as output set ${CLOSED}
        from held
        where output.stream_id = held.stream_id and not output.wanted and ${MAY_BE_CLOSED}
      ), events as (
        insert into stream_events (stream_id, at, event)
        select held.stream_id, happened.at, happened.event
        from held, rows from (
          jsonb_to_recordset(${JSON.stringify(happened)}::jsonb) as (at timestamptz, event jsonb)
        ) with ordinality as happened (at, event, place)
        order by happened.place
      )
      select pg_notify(${channels.streamHealth}, stream_id::text) from held`.execute(this.#db);
    return rows.length > 0;
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
    await sql`
      update stream_destinations as output set ${CLOSED}
      where output.stream_id = ${streamId} and ${MAY_BE_CLOSED}`.execute(this.#db);
    const happening: StreamHappening = { type: 'show-ended' };
    await this.#db
      .insertInto('stream_events')
      .values({ stream_id: streamId, event: JSON.stringify(happening) })
      .execute();
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
