import { mayInStudio } from '@streamus/contracts';
import { type Aspect, aspectOfProgramme, aspectSchema, programmeWithAspect } from '@streamus/studio';
import type { Action } from '../keys/action.ts';
import type { DeskContext } from '../keys/desk-actions.ts';

const WORDS = { '16:9': 'wide', '9:16': 'upright', '1:1': 'square' } as const satisfies Record<
  Aspect,
  string
>;

export function aspectActions({ session, role, t }: DeskContext): Action[] {
  const { document, stream } = session.store.getState();
  if (document === null) return [];
  const { programme } = document;
  const live = stream?.status === 'live';
  const locked = live ? t('aspect.live') : mayInStudio(role, 'set-programme') ? null : t('aspect.hostOnly');
  return aspectSchema.options.map((one) => ({
    id: `aspect-${WORDS[one]}`,
    group: 'layouts',
    name: t('aspect.choose', { aspect: t(`aspect.${WORDS[one]}`, { ns: 'common' }) }),
    unavailable: one === aspectOfProgramme(programme) ? t('aspect.current') : locked,
    run: () =>
      void session.command({ type: 'set-programme', programme: programmeWithAspect(programme, one) }),
  }));
}
