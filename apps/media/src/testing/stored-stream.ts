import { randomUUID } from 'node:crypto';
import { type StreamId, streamIdSchema, type UserId } from '@streamus/contracts';
import type { Database } from '@streamus/db';
import type { StudioDocument } from '@streamus/studio';
import type { Kysely } from 'kysely';

/** A recorded stream with a user and a studio of its own. */
export async function storeStream(
  db: Kysely<Database>,
  document: StudioDocument,
  status: 'live' | 'ended',
): Promise<{ readonly id: StreamId; readonly user: UserId; readonly room: string }> {
  const name = randomUUID();
  const room = `room-${name}`;
  const user = await db
    .insertInto('users')
    .values({ email: `${name}@example.org`, username: name.slice(0, 20), password_hash: 'x' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const studio = await db
    .insertInto('studios')
    .values({ user_id: user.id, name: 'Studio', document: JSON.stringify(document) })
    .returning('id')
    .executeTakeFirstOrThrow();
  const id = streamIdSchema.parse(randomUUID());
  const settings = JSON.stringify({ programme: document.programme, record: true });
  await db
    .insertInto('streams')
    .values({
      ...{ id, studio_id: studio.id, user_id: user.id, title: 'A show', status, settings },
      ...{ livekit_room_name: room, actual_start: new Date() },
      ...(status === 'ended' ? { end_time: new Date() } : {}),
    })
    .execute();
  return { id, user: user.id, room };
}
