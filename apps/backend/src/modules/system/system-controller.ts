import { Controller, Inject } from '@nestjs/common';
import { routes } from '@streamus/contracts';
import type { Database } from '@streamus/db';
import type { RoomControl } from '@streamus/platform';
import { type Kysely, sql } from 'kysely';
import { DATABASE, ROOM_CONTROL } from '../../config.ts';
import { Endpoint } from '../../http/endpoint.ts';

@Controller()
export class SystemController {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(ROOM_CONTROL) private readonly room: RoomControl,
  ) {}

  @Endpoint(routes.health)
  async health() {
    const [database, room] = await Promise.all([
      sql`select 1`.execute(this.db).then(
        () => true,
        () => false,
      ),
      this.room.reachable(),
    ]);
    return { ok: database && room, database, room };
  }
}
