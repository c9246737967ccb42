import { type PersonId, personIdSchema } from '@streamus/studio';

/** Who a participant of the room is, as the backend signed it into their token. */
export type RoomIdentity =
  | { readonly kind: 'person'; readonly person: PersonId; readonly connection: string }
  | { readonly kind: 'composer'; readonly epoch: number };

export function parseIdentity(identity: string): RoomIdentity | null {
  const [kind, first, second] = identity.split(':');
  if (kind === 'person' && second !== undefined) {
    const person = personIdSchema.safeParse(first);
    return person.success ? { kind: 'person', person: person.data, connection: second } : null;
  }
  if (kind === 'composer' && first !== undefined && /^\d+$/.test(first)) {
    return { kind: 'composer', epoch: Number(first) };
  }
  return null;
}

/** Names of the programme's tracks; only a composer's identity makes them the programme. */
export const PROGRAMME_VIDEO = 'program-video';
export const PROGRAMME_AUDIO = 'program-audio';
