import { Inject, Injectable } from '@nestjs/common';
import type { StudioId } from '@streamus/contracts';
import type { PersonId, Role } from '@streamus/studio';
import type { Actor } from '../../http/actor.ts';
import { AppError } from '../../http/app-error.ts';
import { StudiosRepository } from './studios-repository.ts';

/** Somebody inside a studio. */
export interface Member {
  readonly studioId: StudioId;
  readonly person: PersonId;
  readonly role: Role;
  readonly name: string;
}

/** Who somebody is in a studio; strangers learn no more than that it does not exist for them. */
@Injectable()
export class Membership {
  constructor(@Inject(StudiosRepository) private readonly studios: StudiosRepository) {}

  async of(actor: Actor, studioId: StudioId): Promise<Member> {
    switch (actor.kind) {
      case 'anonymous':
        throw new AppError('not_signed_in');
      case 'user': {
        const owner = await this.studios.findOwner(studioId, actor.userId);
        if (owner === undefined) throw new AppError('not_found');
        return { studioId, person: owner.host_person_id, role: 'host', name: owner.username };
      }
      case 'guest': {
        if (actor.studioId !== studioId) throw new AppError('not_found');
        const guest = await this.studios.findGuest(studioId, actor.personId);
        if (guest === undefined) throw new AppError('not_found');
        if (guest.removed_at !== null) throw new AppError('removed_from_studio');
        return { studioId, person: guest.id, role: guest.role, name: guest.display_name };
      }
      default:
        return actor satisfies never;
    }
  }
}
