import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { StudioId } from '@streamus/contracts';
import type { Database } from '@streamus/db';
import type { Logger } from '@streamus/platform';
import { type Person, type PersonId, sourceId } from '@streamus/studio';
import type { Transaction } from 'kysely';
import { LOGGER } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import type { Member } from '../studios/membership.ts';
import { StudioCommands } from '../studios/studio-commands.ts';
import { StudiosRepository } from '../studios/studios-repository.ts';
import { OpenConnections } from './open-connections.ts';

/** How long a guest's seat is kept after their last tab closed; a train tunnel or a phone call fits. */
const KEEP_SEAT_MS = 10 * 60_000;

/** Keeps the people of a studio's document in step with who is there. */
@Injectable()
export class Seats implements OnApplicationShutdown {
  readonly #leaving = new Map<PersonId, NodeJS.Timeout>();

  constructor(
    @Inject(StudiosRepository) private readonly studios: StudiosRepository,
    @Inject(StudioCommands) private readonly commands: StudioCommands,
    @Inject(OpenConnections) private readonly open: OpenConnections,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationShutdown(): void {
    for (const timer of this.#leaving.values()) clearTimeout(timer);
  }

  /** Gives an arriving member a seat. A host's first arrival puts their camera on stage: one step less to live. */
  async take(member: Member): Promise<void> {
    clearTimeout(this.#leaving.get(member.person));
    this.#leaving.delete(member.person);
    await this.studios.inTransaction(async (tx) => {
      const studio = await this.studios.lock(tx, member.studioId);
      if (studio === null) throw new AppError('not_found');
      if (studio.document.people[member.person] !== undefined) return;
      await this.make(tx, member.studioId, { id: member.person, name: member.name, role: member.role });
      if (member.role !== 'host') return;
      const source = sourceId('camera', member.person);
      await this.commands.runSystem(tx, member.studioId, { type: 'put-on-stage', source });
    });
  }

  /** After the last tab of a guest closed, their seat is given up in a while. */
  left(member: Member): void {
    if (member.role === 'host' || this.open.isPresent(member.studioId, member.person)) return;
    const timer = setTimeout(() => void this.#giveUp(member), KEEP_SEAT_MS);
    clearTimeout(this.#leaving.get(member.person));
    this.#leaving.set(member.person, timer);
  }

  async #giveUp(member: Member): Promise<void> {
    this.#leaving.delete(member.person);
    if (this.open.isPresent(member.studioId, member.person)) return;
    try {
      await this.studios.inTransaction(async (tx) => {
        const studio = await this.studios.lock(tx, member.studioId);
        if (studio?.document.people[member.person] === undefined) return;
        await this.commands.runSystem(tx, member.studioId, { type: 'remove-person', person: member.person });
      });
    } catch (error) {
      this.logger.warn({ err: error, studioId: member.studioId }, 'a seat could not be given up');
    }
  }

  /** Adds a person to the document; when it is full, the seats of people who are not here are given up first. */
  async make(tx: Transaction<Database>, studioId: StudioId, person: Person): Promise<void> {
    try {
      await this.commands.runSystem(tx, studioId, { type: 'add-person', person });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'studio_full') throw error;
      await this.#sweep(tx, studioId);
      await this.commands.runSystem(tx, studioId, { type: 'add-person', person });
    }
  }

  async #sweep(tx: Transaction<Database>, studioId: StudioId): Promise<void> {
    const studio = await this.studios.lock(tx, studioId);
    for (const person of Object.values(studio?.document.people ?? {})) {
      if (person === undefined || person.role === 'host' || this.open.isPresent(studioId, person.id))
        continue;
      await this.commands.runSystem(tx, studioId, { type: 'remove-person', person: person.id });
    }
  }
}
