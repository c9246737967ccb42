import { Inject, Injectable } from '@nestjs/common';
import type { StreamId } from '@streamus/contracts';
import type { Database, StreamSettings } from '@streamus/db';
import type { StreamLoad, WorkerLoad } from '@streamus/outputs';
import { type Kysely, sql } from 'kysely';
import { DATABASE } from '../../config.ts';

/** A worker speaks once a second; one that is silent for this long is not counted on. */
const SEEN_SECONDS = 10;

/** What the media workers say of themselves. `db`: a transaction to read in. */
@Injectable()
export class CapacityRepository {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  async workers(db: Kysely<Database> = this.db): Promise<WorkerLoad[]> {
    return db
      .selectFrom('media_workers')
      .select(['id', 'capacity_cores as capacityCores', 'used_cores as usedCores'])
      .where('seen_at', '>', sql<Date>`now() - make_interval(secs => ${SEEN_SECONDS})`)
      .execute();
  }

  async countOutputs(streamId: StreamId, db: Kysely<Database> = this.db): Promise<number> {
    const row = await db
      .selectFrom('stream_destinations')
      .select((count) => count.fn.countAll<number>().as('outputs'))
      .where('stream_id', '=', streamId)
      .where('wanted', '=', true)
      .executeTakeFirstOrThrow();
    return row.outputs;
  }

  /** Live streams that nobody carries yet. */
  async waitingLoads(db: Kysely<Database> = this.db): Promise<StreamLoad[]> {
    const { rows } = await sql<{ settings: StreamSettings; outputs: number }>`
      select streams.settings,
        (select count(*) from stream_destinations where stream_id = streams.id and wanted) as outputs
      from streams
      left join media_leases as lease on lease.stream_id = streams.id
      where streams.status = 'live' and (lease.stream_id is null or lease.expires_at < now())`.execute(db);
    return rows.map(({ settings, outputs }) => ({ ...settings.programme, record: settings.record, outputs }));
  }
}
