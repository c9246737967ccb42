'use client';
import { type Slot, sourceKind, sourcePerson } from '@streamus/studio';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../session-context.tsx';

/** What a slot shows, in words. */
export function useSlotName({ holds }: Pick<Slot, 'holds'>): string {
  const { t } = useTranslation('direction');
  const person = useStudio(({ document }) =>
    holds.kind === 'source' ? (document?.people[sourcePerson(holds.source)]?.name ?? '') : '',
  );
  switch (holds.kind) {
    case 'person':
      return t('editor.person', { number: holds.index + 1 });
    case 'screen':
      return t('editor.screen', { number: holds.index + 1 });
    case 'source':
      return sourceKind(holds.source) === 'screen' ? t('editor.screenOf', { name: person }) : person;
  }
}
