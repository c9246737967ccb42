import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ConnectionId } from '@streamus/contracts';
import { type Logger, type RoomControl, signRoomToken } from '@streamus/platform';
import { CONFIG, type Config, LOGGER, ROOM_CONTROL } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import { OpenConnections } from '../realtime/open-connections.ts';
import type { Member } from '../studios/membership.ts';
import { composerIdentity, roomName } from '../studios/room-names.ts';
import { ComposerRepository, type Lease } from './composer-repository.ts';

/** A composer joins right after its claim; a reconnect asks again. */
const TOKEN_SECONDS = 6 * 3600;
/** A composer that was replaced publishes until its successor does (3 s on two busy cores), never longer than this. */
const HANDOVER_MS = 8_000;

/** Grants the composer lease: one tab composes a studio's programme at a time. */
@Injectable()
export class ComposerService implements OnModuleDestroy {
  readonly #handovers = new Set<NodeJS.Timeout>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ComposerRepository) private readonly leases: ComposerRepository,
    @Inject(OpenConnections) private readonly open: OpenConnections,
    @Inject(ROOM_CONTROL) private readonly room: RoomControl,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async claim(
    member: Member,
    wish: { connection: ConnectionId; takeOver: boolean; resumeEpoch: number | null },
  ) {
    if (!this.open.isOpen(member.studioId, member.person, wish.connection)) throw new AppError('not_found');
    const { epoch, replaced } = await this.leases.inTransaction(async (tx) => {
      const lease = await this.leases.lock(tx, member.studioId);
      if (!wish.takeOver && this.#isHeldByOther(lease, member, wish.connection))
        throw new AppError('composer_elsewhere');
      const resumed = wish.resumeEpoch !== null && wish.resumeEpoch === lease.epoch;
      const next = resumed ? lease.epoch : lease.epoch + 1;
      await this.leases.grant(tx, member.studioId, next, wish.connection, member.person);
      return { epoch: next, replaced: resumed ? null : lease.epoch };
    });
    if (replaced !== null) this.#handOver(member, replaced);
    const identity = composerIdentity(epoch);
    const token = await signRoomToken(
      { apiKey: this.config.LIVEKIT_API_KEY, apiSecret: this.config.LIVEKIT_API_SECRET },
      { room: roomName(member.studioId), identity, role: 'composer', ttlSeconds: TOKEN_SECONDS },
    );
    return {
      epoch,
      room: { identity, url: this.config.LIVEKIT_PUBLIC_URL ?? null, token, seconds: TOKEN_SECONDS },
    };
  }

  /** A holder whose tab is gone holds nothing, even before the lease runs out. */
  #isHeldByOther(lease: Lease, member: Member, connection: ConnectionId): boolean {
    if (lease.connection === null || lease.connection === connection || lease.person === null) return false;
    if (this.open.isOpen(member.studioId, lease.person, lease.connection)) return true;
    return !lease.expired && lease.person !== member.person;
  }

  onModuleDestroy(): void {
    for (const timer of this.#handovers) clearTimeout(timer);
  }

  #handOver(member: Member, epoch: number): void {
    const timer = setTimeout(() => {
      this.#handovers.delete(timer);
      void this.#removeFromRoom(member, epoch);
    }, HANDOVER_MS);
    this.#handovers.add(timer);
  }

  /** Ingest follows the newest epoch anyway; this only ends the uplink of a composer that was replaced. */
  async #removeFromRoom(member: Member, epoch: number): Promise<void> {
    try {
      const exact = composerIdentity(epoch);
      await this.room.removeParticipants(roomName(member.studioId), exact);
    } catch (error) {
      this.logger.debug(
        { err: error, studioId: member.studioId, epoch },
        'earlier composer was not in the room',
      );
    }
  }
}
