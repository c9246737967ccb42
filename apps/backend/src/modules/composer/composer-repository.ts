import { Inject, Injectable } from '@nestjs/common';
import {
  type ComposerHealth,
  type ComposerHolder,
  type ConnectionId,
  channels,
  connectionIdSchema,
  type StudioId,
} from '@streamus/contracts';
import type { Database } from '@streamus/db';
import type { PersonId } from '@streamus/studio';
import { type Kysely, sql, type Transaction } from 'kysely';
import { DATABASE } from '../../config.ts';

/** A lease not renewed for this long is free; connections renew every third of it. */
export const LEASE_SECONDS = 6;

export interface Lease {
  readonly epoch: number;
  readonly connection: ConnectionId | null;
  readonly person: PersonId | null;
  readonly expired: boolean;
}

/** SQL of composer leases. */
@Injectable()
export class ComposerRepository {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  async holder(studioId: StudioId): Promise<ComposerHolder> {
    const row = await this.db
      .selectFrom('composer_leases')
      .selectAll()
      .where('studio_id', '=', studioId)
      .where('expires_at', '>', sql<Date>`now()`)
      .executeTakeFirst();
    if (row?.connection_id == null || row.person_id === null) return null;
    return {
      epoch: row.epoch,
      connection: connectionIdSchema.parse(row.connection_id),
      person: row.person_id,
    };
  }

  inTransaction<T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> {
    return this.db.transaction().execute(work);
  }

  /** The studio's lease, locked; a studio without one gets epoch 0. */
  async lock(tx: Transaction<Database>, studioId: StudioId): Promise<Lease> {
    await tx
      .insertInto('composer_leases')
      .values({
        studio_id: studioId,
        epoch: 0,
        connection_id: null,
        person_id: null,
        expires_at: sql<Date>`now()`,
      })
      .onConflict((conflict) => conflict.column('studio_id').doNothing())
      .execute();
    const row = await tx
      .selectFrom('composer_leases')
      .select(['epoch', 'connection_id', 'person_id', sql<boolean>`expires_at <= now()`.as('expired')])
      .where('studio_id', '=', studioId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    return {
      epoch: row.epoch,
      connection: row.connection_id === null ? null : connectionIdSchema.parse(row.connection_id),
      person: row.person_id,
      expired: row.expired,
    };
  }

  async grant(
    tx: Transaction<Database>,
    studioId: StudioId,
    epoch: number,
    connection: ConnectionId,
    person: PersonId,
  ): Promise<void> {
    await tx
      .updateTable('composer_leases')
      .set({ epoch, connection_id: connection, person_id: person, expires_at: leaseEnd })
      .where('studio_id', '=', studioId)
      .execute();
    await sql`select pg_notify(${channels.composer}, ${studioId})`.execute(tx);
  }

  async renew(connections: readonly ConnectionId[]): Promise<void> {
    if (connections.length === 0) return;
    await this.db
      .updateTable('composer_leases')
      .set({ expires_at: leaseEnd })
      .where('connection_id', 'in', connections)
      .execute();
  }

  /** Writes down how the composer of a live stream fares; nothing happens unless `connection` is the composer. */
  async saveHealth(studioId: StudioId, connection: ConnectionId, health: ComposerHealth): Promise<void> {
    await sql`
      update stream_health set composer = ${JSON.stringify(health)}::jsonb
      from streams, composer_leases
      where stream_health.stream_id = streams.id
        and streams.studio_id = ${studioId} and streams.status = 'live'
        and composer_leases.studio_id = streams.studio_id
        and composer_leases.connection_id = ${connection}`.execute(this.db);
  }

  async release(studioId: StudioId, connection: ConnectionId): Promise<void> {
    const result = await this.db
      .updateTable('composer_leases')
      .set({ connection_id: null, expires_at: sql<Date>`now()` })
      .where('studio_id', '=', studioId)
      .where('connection_id', '=', connection)
      .executeTakeFirst();
    if (result.numUpdatedRows > 0n)
      await sql`select pg_notify(${channels.composer}, ${studioId})`.execute(this.db);
  }
}

const leaseEnd = sql<Date>`now() + make_interval(secs => ${LEASE_SECONDS})`;
