import { Inject, Injectable } from '@nestjs/common';
import type { UserId } from '@streamus/contracts';
import type { Database } from '@streamus/db';
import type { StudioDocument } from '@streamus/studio';
import { type Kysely, sql } from 'kysely';
import { DATABASE } from '../../config.ts';

const userColumns = ['id', 'email', 'username', 'administrator'] as const;
/** One registration at a time decides who is the first; chosen at random. */
const FIRST_USER_LOCK = 418_533_907;

/** SQL of accounts and their sessions. */
@Injectable()
export class AuthRepository {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  /** Creates the account and its first studio; the very first account becomes the administrator. */
  createUser(
    account: { email: string; username: string; passwordHash: string },
    studio: { name: string; document: StudioDocument },
  ) {
    return this.db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${FIRST_USER_LOCK})`.execute(tx);
      const others = await tx.selectFrom('users').select('id').limit(1).executeTakeFirst();
      const user = await tx
        .insertInto('users')
        .values({
          email: account.email,
          username: account.username,
          password_hash: account.passwordHash,
          administrator: others === undefined,
        })
        .returning(userColumns)
        .executeTakeFirstOrThrow();
      const { id: studioId } = await tx
        .insertInto('studios')
        .values({ user_id: user.id, name: studio.name, document: JSON.stringify(studio.document) })
        .returning('id')
        .executeTakeFirstOrThrow();
      return { user, studioId };
    });
  }

  findByLogin(login: string) {
    return this.db
      .selectFrom('users')
      .select([...userColumns, 'password_hash'])
      .where((eb) =>
        eb.or([eb('email', '=', login.toLowerCase()), eb(sql`lower(username)`, '=', login.toLowerCase())]),
      )
      .executeTakeFirst();
  }

  findById(id: UserId) {
    return this.db.selectFrom('users').select(userColumns).where('id', '=', id).executeTakeFirst();
  }

  async createFamily(userId: UserId, tokenHash: Buffer, expiresAt: Date): Promise<void> {
    await this.db.transaction().execute(async (tx) => {
      const family = await tx
        .insertInto('session_families')
        .values({ user_id: userId })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('refresh_tokens')
        .values({ token_hash: tokenHash, family_id: family.id, expires_at: expiresAt })
        .execute();
    });
  }

  /**
   * Trades a refresh token for its successor. A token used before revokes its whole family: either it or
   * its successor was stolen.
   */
  rotate(tokenHash: Buffer, successor: Buffer, expiresAt: Date): Promise<UserId | null> {
    return this.db.transaction().execute(async (tx) => {
      const token = await tx
        .selectFrom('refresh_tokens')
        .innerJoin('session_families', 'session_families.id', 'refresh_tokens.family_id')
        .select(['family_id', 'user_id', 'used_at', 'expires_at', 'revoked_at'])
        .where('token_hash', '=', tokenHash)
        .forUpdate()
        .executeTakeFirst();
      if (token === undefined || token.revoked_at !== null || token.expires_at < new Date()) return null;
      if (token.used_at !== null) {
        await tx
          .updateTable('session_families')
          .set({ revoked_at: sql`now()` })
          .where('id', '=', token.family_id)
          .execute();
        return null;
      }
      await tx
        .updateTable('refresh_tokens')
        .set({ used_at: sql`now()` })
        .where('token_hash', '=', tokenHash)
        .execute();
      await tx
        .insertInto('refresh_tokens')
        .values({ token_hash: successor, family_id: token.family_id, expires_at: expiresAt })
        .execute();
      await tx
        .updateTable('session_families')
        .set({ last_used_at: sql`now()` })
        .where('id', '=', token.family_id)
        .execute();
      return token.user_id;
    });
  }

  async revokeFamilyOf(tokenHash: Buffer): Promise<void> {
    await this.db
      .updateTable('session_families')
      .set({ revoked_at: sql`now()` })
      .where('id', 'in', (eb) =>
        eb.selectFrom('refresh_tokens').select('family_id').where('token_hash', '=', tokenHash),
      )
      .execute();
  }
}
