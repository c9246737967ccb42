import type { Role, StudioCommandType } from '@streamus/studio';

/** What a person may do in one studio. */
export type StudioAction =
  | StudioCommandType
  | 'enter-studio'
  | 'compose'
  | 'manage-stream'
  | 'manage-outputs'
  | 'manage-guest-links'
  | 'manage-brand'
  | 'see-outputs';

/** What an account may do on the instance. */
export type AccountAction = 'own-things';

const producers: readonly Role[] = ['host', 'co-host'];
const everyone: readonly Role[] = ['host', 'co-host', 'moderator', 'guest'];

/** Role × action; whatever is not listed is denied. */
const studioPolicy: Readonly<Record<StudioAction, readonly Role[]>> = {
  'enter-studio': everyone,
  compose: producers,
  'manage-stream': ['host'],
  'manage-outputs': ['host'],
  'manage-guest-links': producers,
  'manage-brand': producers,
  'see-outputs': ['host', 'co-host', 'moderator'],
  'set-layout': producers,
  'put-on-stage': producers,
  'put-backstage': producers,
  'move-on-stage': producers,
  'rename-person': producers,
  'mute-person': ['host', 'co-host', 'moderator'],
  'remove-person': ['host', 'co-host', 'moderator'],
  'set-background': producers,
  'set-logo': producers,
  'set-name-tags': producers,
  'set-accent': producers,
  'set-programme': ['host'],
};

/** True when `role` may do `action`. A person may always rename themselves; that check has the person at hand. */
export function mayInStudio(role: Role, action: StudioAction): boolean {
  return studioPolicy[action].includes(role);
}
