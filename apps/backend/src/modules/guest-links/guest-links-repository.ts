import { Inject, Injectable } from '@nestjs/common';
import type { GuestLinkId, StudioId } from '@streamus/contracts';
import type { Database, GuestRole } from '@streamus/db';
import type { PersonId } from '@streamus/studio';
import { type Kysely, sql, type Transaction } from 'kysely';
import { DATABASE } from '../../config.ts';

const columns = ['id', 'role', 'expires_at', 'uses', 'created_at'] as const;

/** SQL of invitation links and of the guests who came by them. */
@Injectable()
export class GuestLinksRepository {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  listOpen(studioId: StudioId) {
    return this.db
      .selectFrom('guest_links')
      .select(columns)
      .where('studio_id', '=', studioId)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', sql<Date>`now()`)
      .orderBy('created_at', 'desc')
      .execute();
  }

  create(
    link: { id: GuestLinkId; studioId: StudioId; role: GuestRole; tokenHash: Buffer; expiresAt: Date },
    replace: boolean,
  ) {
    return this.db.transaction().execute(async (tx) => {
      if (replace) {
        await tx
          .updateTable('guest_links')
          .set({ revoked_at: sql`now()` })
          .where('studio_id', '=', link.studioId)
          .where('role', '=', link.role)
          .where('revoked_at', 'is', null)
          .execute();
      }
      return tx
        .insertInto('guest_links')
        .values({
          id: link.id,
          studio_id: link.studioId,
          role: link.role,
          token_hash: link.tokenHash,
          expires_at: link.expiresAt,
        })
        .returning(columns)
        .executeTakeFirstOrThrow();
    });
  }

  async revoke(studioId: StudioId, id: GuestLinkId): Promise<boolean> {
    const result = await this.db
      .updateTable('guest_links')
      .set({ revoked_at: sql`now()` })
      .where('id', '=', id)
      .where('studio_id', '=', studioId)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  findByHash(tokenHash: Buffer) {
    return this.db
      .selectFrom('guest_links')
      .innerJoin('studios', 'studios.id', 'guest_links.studio_id')
      .innerJoin('users', 'users.id', 'studios.user_id')
      .select([
        'guest_links.id',
        'guest_links.role',
        'guest_links.revoked_at',
        'guest_links.expires_at',
        'studios.id as studio_id',
        'studios.name as studio_name',
        'users.username as host_name',
      ])
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst();
  }

  /** A new guest of the link; part of the caller's transaction. */
  async createGuest(
    tx: Transaction<Database>,
    guest: { studioId: StudioId; linkId: GuestLinkId; name: string; role: GuestRole },
  ): Promise<PersonId> {
    await tx
      .updateTable('guest_links')
      .set((eb) => ({ uses: eb('uses', '+', 1) }))
      .where('id', '=', guest.linkId)
      .execute();
    const row = await tx
      .insertInto('guests')
      .values({
        studio_id: guest.studioId,
        guest_link_id: guest.linkId,
        display_name: guest.name,
        role: guest.role,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }

  /** A guest who comes back with their token keeps the seat under the name they give now. */
  async renameGuest(tx: Transaction<Database>, person: PersonId, name: string): Promise<void> {
    await tx
      .updateTable('guests')
      .set({ display_name: name, left_at: null })
      .where('id', '=', person)
      .execute();
  }
}
