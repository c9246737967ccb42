import type { StreamId } from '@streamus/contracts';
import type { Database, StreamSettings } from '@streamus/db';
import type { StreamLoad, WorkerLoad } from '@streamus/outputs';
import { type Kysely, sql } from 'kysely';

/** A worker that says nothing for this long has lost its streams; it speaks once a second. Another has them within 10 s. */
export const LEASE_SECONDS = 5;

export interface HeldLease {
  readonly id: StreamId;
  /** Grows whenever the stream changes hands. */
  readonly fence: number;
}

export interface UncarriedStream {
  readonly id: StreamId;
  readonly load: StreamLoad;
  readonly orphaned: boolean;
}

/** Who carries which stream, and who could. */
export class LeaseRepository {
  readonly #db: Kysely<Database>;
  readonly #worker: string;

  constructor(db: Kysely<Database>, worker: string) {
    this.#db = db;
    this.#worker = worker;
  }

  /** Says that this worker is there; returns the others that were seen lately. */
  async announce(host: string, load: Pick<WorkerLoad, 'capacityCores' | 'usedCores'>): Promise<WorkerLoad[]> {
    const values = { host, capacity_cores: load.capacityCores, used_cores: load.usedCores };
    await this.#db
      .insertInto('media_workers')
      .values({ id: this.#worker, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...values, seen_at: sql<Date>`now()` }))
      .execute();
    const others = await this.#db
      .selectFrom('media_workers')
      .select(['id', 'capacity_cores as capacityCores', 'used_cores as usedCores'])
      .where('id', '!=', this.#worker)
      .where('seen_at', '>', sql<Date>`now() - ${LEASE_SECONDS} * interval '1 second'`)
      .execute();
    return others;
  }

  /** Renews all leases of this worker on streams that are live, and returns them. */
  async renew(): Promise<HeldLease[]> {
    const held = await sql<HeldLease>`
      update media_leases as lease
      set expires_at = now() + ${LEASE_SECONDS} * interval '1 second'
      from streams
      where lease.worker_id = ${this.#worker}::uuid
        and streams.id = lease.stream_id and streams.status = 'live'
      returning lease.stream_id as id, lease.fence`.execute(this.#db);
    return held.rows;
  }

  /** Live streams that nobody carries. */
  async uncarried(): Promise<UncarriedStream[]> {
    const { rows } = await sql<{
      id: StreamId;
      settings: StreamSettings;
      outputs: number;
      orphaned: boolean;
    }>`
      select streams.id, streams.settings, lease.stream_id is not null as orphaned,
        (select count(*) from stream_destinations
         where stream_id = streams.id and wanted) as outputs
      from streams
      left join media_leases as lease on lease.stream_id = streams.id
      where streams.status = 'live' and (lease.stream_id is null or lease.expires_at < now())
      order by streams.actual_start
      limit 100`.execute(this.#db);
    return rows.map(({ id, settings, outputs, orphaned }) => ({
      id,
      load: { ...settings.programme, record: settings.record, outputs },
      orphaned,
    }));
  }

  /** Takes the leases of those streams that still nobody holds. */
  async take(ids: readonly string[]): Promise<HeldLease[]> {
    if (ids.length === 0) return [];
    const taken = await sql<HeldLease>`
      insert into media_leases as lease (stream_id, worker_id, fence, expires_at)
      select id, ${this.#worker}::uuid, 1, now() + ${LEASE_SECONDS} * interval '1 second'
      from streams where status = 'live' and id = any(${ids})
      on conflict (stream_id) do update
        set worker_id = excluded.worker_id, fence = lease.fence + 1, expires_at = excluded.expires_at
        where lease.expires_at < now()
      returning lease.stream_id as id, lease.fence`.execute(this.#db);
    return taken.rows;
  }

  /** Of these streams, those that are live: whoever has them now, they are not over. */
  async stillLive(ids: readonly StreamId[]): Promise<Set<StreamId>> {
    if (ids.length === 0) return new Set();
    const rows = await this.#db
      .selectFrom('streams')
      .select('id')
      .where('id', 'in', [...ids])
      .where('status', '=', 'live')
      .execute();
    return new Set(rows.map(({ id }) => id));
  }

  async release(streamId: StreamId): Promise<void> {
    await this.#db
      .updateTable('media_leases')
      .set({ expires_at: sql<Date>`now()` })
      .where('stream_id', '=', streamId)
      .where('worker_id', '=', this.#worker)
      .execute();
  }

  /** This worker goes; so do the traces of those that went without a word. */
  async leave(): Promise<void> {
    await this.#db
      .deleteFrom('media_workers')
      .where((where) =>
        where.or([
          where('id', '=', this.#worker),
          where('seen_at', '<', sql<Date>`now() - interval '1 hour'`),
        ]),
      )
      .execute();
  }
}
