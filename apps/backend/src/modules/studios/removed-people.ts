import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { StudioId } from '@streamus/contracts';
import type { Logger, RoomControl } from '@streamus/platform';
import { ROOM_TOKEN_SECONDS } from '@streamus/platform';
import type { PersonId } from '@streamus/studio';
import { LOGGER, ROOM_CONTROL } from '../../config.ts';
import { personPrefix, roomName } from './room-names.ts';

/** How soon somebody who came back is put out again. */
const LOOK_MS = 5_000;

/**
 * Puts people out of the room and keeps them out. A room token cannot be called back: until the last one has run out,
 * whoever was removed could enter with it again.
 */
@Injectable()
export class RemovedPeople implements OnApplicationShutdown {
  readonly #looks = new Set<NodeJS.Timeout>();

  constructor(
    @Inject(ROOM_CONTROL) private readonly room: RoomControl,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationShutdown(): void {
    for (const look of this.#looks) clearInterval(look);
  }

  /** A room that cannot be reached is asked again with the next look. */
  putOut(studioId: StudioId, person: PersonId): Promise<void> {
    return this.#keepOut(roomName(studioId), personPrefix(person));
  }

  /** Of a studio that is no more. */
  putAllOut(studioId: StudioId): Promise<void> {
    return this.#keepOut(roomName(studioId), '');
  }

  async #keepOut(room: string, identityPrefix: string): Promise<void> {
    const until = performance.now() + ROOM_TOKEN_SECONDS * 1_000;
    const look = setInterval(() => {
      if (performance.now() < until) void this.#remove(room, identityPrefix);
      else {
        clearInterval(look);
        this.#looks.delete(look);
      }
    }, LOOK_MS);
    this.#looks.add(look);
    await this.#remove(room, identityPrefix);
  }

  async #remove(room: string, identityPrefix: string): Promise<void> {
    try {
      await this.room.removeParticipants(room, identityPrefix);
    } catch (error) {
      this.logger.warn({ err: error, room, identityPrefix }, 'a removed person may still be in the room');
    }
  }
}
