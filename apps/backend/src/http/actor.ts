import type { StudioId, UserId } from '@streamus/contracts';
import type { PersonId } from '@streamus/studio';

/** Who makes a call. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly userId: UserId }
  | { readonly kind: 'guest'; readonly personId: PersonId; readonly studioId: StudioId };
