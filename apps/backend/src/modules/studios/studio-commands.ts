import { Inject, Injectable } from '@nestjs/common';
import { mayInStudio, type StreamId, type StudioId } from '@streamus/contracts';
import type { Database } from '@streamus/db';
import type { Logger, RoomControl } from '@streamus/platform';
import {
  type AnyCommand,
  type PersonId,
  reduce,
  type StudioCommand,
  type StudioDocument,
  sourceId,
} from '@streamus/studio';
import type { Transaction } from 'kysely';
import { LOGGER, ROOM_CONTROL } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import type { Member } from './membership.ts';
import { RemovedPeople } from './removed-people.ts';
import { personPrefix, roomName } from './room-names.ts';
import { StudiosRepository } from './studios-repository.ts';

/** Runs studio commands: authorise, reduce, store as event and snapshot, then act on the room. */
@Injectable()
export class StudioCommands {
  constructor(
    @Inject(StudiosRepository) private readonly studios: StudiosRepository,
    @Inject(ROOM_CONTROL) private readonly room: RoomControl,
    @Inject(RemovedPeople) private readonly removed: RemovedPeople,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Runs `command` for a member; the same id twice runs once. Returns the event's sequence number. */
  async run(member: Member, id: string, command: StudioCommand): Promise<number> {
    if (!may(member, command)) throw new AppError('not_allowed');
    const seq = await this.studios.inTransaction((tx) =>
      this.#store(tx, member.studioId, member.person, id, command),
    );
    await this.#actOnRoom(member.studioId, command);
    return seq;
  }

  /** Runs a command nobody asked for by name (somebody came or left); part of the caller's transaction. */
  runSystem(tx: Transaction<Database>, studioId: StudioId, command: AnyCommand): Promise<number> {
    return this.#store(tx, studioId, null, null, command);
  }

  async #store(
    tx: Transaction<Database>,
    studioId: StudioId,
    by: PersonId | null,
    commandId: string | null,
    command: AnyCommand,
  ): Promise<number> {
    const studio = await this.studios.lock(tx, studioId);
    if (studio === null) throw new AppError('not_found');
    const known = commandId === null ? null : await this.studios.seqOfCommand(tx, studioId, commandId);
    if (known !== null) return known;
    if (command.type === 'remove-person' && studio.document.people[command.person]?.role === 'host') {
      throw new AppError('not_allowed');
    }
    const at = new Date();
    const context = { live: studio.liveStream !== null, by, atMs: at.getTime() };
    const reduced = reduce(studio.document, command, context);
    if (!reduced.ok) throw new AppError(reduced.refusal);
    const seq = studio.seq + 1;
    await this.studios.append(tx, studioId, { seq, command, by, commandId, at }, reduced.document);
    if (studio.liveStream !== null) {
      await this.#noteScene(tx, studio.liveStream, studio.document, reduced.document);
    }
    if (command.type === 'remove-person' && by !== null)
      await this.studios.markRemoved(tx, studioId, command.person);
    return seq;
  }

  /** Another scene on air: the recording gets a chapter. */
  async #noteScene(
    tx: Transaction<Database>,
    stream: StreamId,
    before: StudioDocument,
    { scenes, onAir }: StudioDocument,
  ): Promise<void> {
    const scene = onAir.scene === null ? undefined : scenes[onAir.scene];
    if (scene === undefined || onAir.scene === before.onAir.scene) return;
    await this.studios.noteHappening(tx, stream, { type: 'scene-on-air', name: scene.name });
  }

  /** The event is stored already; a room that cannot be reached is reported, the show goes on. */
  async #actOnRoom(studioId: StudioId, command: StudioCommand): Promise<void> {
    try {
      if (command.type === 'mute-person') {
        await this.room.muteMicrophones(roomName(studioId), personPrefix(command.person));
      }
      if (command.type === 'remove-person') await this.removed.putOut(studioId, command.person);
    } catch (error) {
      this.logger.warn({ err: error, studioId, command: command.type }, 'room did not follow a command');
    }
  }
}

/** Besides what their role allows, people may rename themselves and withdraw their own screen. */
function may(member: Member, command: StudioCommand): boolean {
  switch (command.type) {
    case 'rename-person':
      return command.person === member.person || mayInStudio(member.role, command.type);
    case 'withdraw-source':
      return command.source === sourceId('screen', member.person) || mayInStudio(member.role, command.type);
    default:
      return mayInStudio(member.role, command.type);
  }
}
