import { Injectable } from '@nestjs/common';
import type { ConnectionId, Presence, StudioId } from '@streamus/contracts';
import type { PersonId } from '@streamus/studio';
import type { Connection } from './connection.ts';

/** Who is connected to this process, by studio. */
@Injectable()
export class OpenConnections {
  readonly #studios = new Map<StudioId, Set<Connection>>();

  add(connection: Connection): void {
    const { studioId } = connection.member;
    const known = this.#studios.get(studioId);
    if (known === undefined) this.#studios.set(studioId, new Set([connection]));
    else known.add(connection);
  }

  remove(connection: Connection): void {
    const { studioId } = connection.member;
    const known = this.#studios.get(studioId);
    known?.delete(connection);
    if (known?.size === 0) this.#studios.delete(studioId);
  }

  studios(): StudioId[] {
    return [...this.#studios.keys()];
  }

  of(studioId: StudioId): ReadonlySet<Connection> {
    return this.#studios.get(studioId) ?? new Set();
  }

  isOpen(studioId: StudioId, person: PersonId, id: ConnectionId): boolean {
    for (const connection of this.of(studioId)) {
      if (connection.id === id) return connection.member.person === person;
    }
    return false;
  }

  isPresent(studioId: StudioId, person: PersonId): boolean {
    for (const connection of this.of(studioId)) if (connection.member.person === person) return true;
    return false;
  }

  presence(studioId: StudioId): Presence {
    const people = new Map<PersonId, ConnectionId[]>();
    for (const { id, member } of this.of(studioId)) {
      people.set(member.person, [...(people.get(member.person) ?? []), id]);
    }
    return [...people].map(([person, connections]) => ({ person, connections }));
  }
}
