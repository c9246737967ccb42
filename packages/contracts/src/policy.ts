import type { Role, StudioCommandType } from '@streamus/studio';

/** What a person may do in one studio. */
export type StudioAction =
  | StudioCommandType
  | 'enter-studio'
  | 'compose'
  | 'manage-studio'
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
  'manage-studio': ['host'],
  'manage-stream': ['host'],
  'manage-outputs': ['host'],
  'manage-guest-links': producers,
  'manage-brand': producers,
  'see-outputs': ['host', 'co-host', 'moderator'],
  'add-scene': producers,
  'duplicate-scene': producers,
  'rename-scene': producers,
  'delete-scene': producers,
  'move-scene': producers,
  'select-scene': producers,
  take: producers,
  'set-mode': producers,
  'set-transition': producers,
  'set-scene-transition': producers,
  'set-scene-background': producers,
  'set-layout': producers,
  'set-spotlight': producers,
  'set-follow-speaker': producers,
  'set-cast': producers,
  'save-layout': producers,
  'delete-layout': producers,
  'add-overlay': producers,
  'edit-overlay': producers,
  'delete-overlay': producers,
  'start-countdown': producers,
  'reset-countdown': producers,
  'move-overlay': producers,
  'show-overlay': producers,
  'hide-overlay': producers,
  'set-brand': producers,
  'use-kit': producers,
  undo: producers,
  redo: producers,
  'put-on-stage': producers,
  'put-backstage': producers,
  'move-on-stage': producers,
  'withdraw-source': producers,
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
