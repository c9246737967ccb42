import type { ConnectionId, StudioId } from '@streamus/contracts';
import type { PersonId } from '@streamus/studio';

/** Names inside LiveKit; ingest and clients tell people from composers by these prefixes. */
export const roomName = (studioId: StudioId): string => `studio-${studioId}`;
export const personPrefix = (person: PersonId): string => `person:${person}:`;
export const personIdentity = (person: PersonId, connection: ConnectionId): string =>
  personPrefix(person) + connection;
export const composerIdentity = (epoch: number): string => `composer:${epoch}`;
