'use client';
import { useTranslation } from 'react-i18next';
import { PeopleList, usePeopleHere } from '../people/people-list.tsx';
import { Invite } from './invite.tsx';

export function PeoplePanel() {
  const { t } = useTranslation('studio');
  const count = usePeopleHere().length;
  return (
    <div className="flex flex-col gap-6">
      <Invite />
      <section aria-labelledby="inside-title">
        <h2 id="inside-title" className="mb-2 flex items-baseline justify-between font-semibold text-sm">
          {t('invite.here')}
          <span className="tabular font-normal text-muted text-xs">{count}</span>
        </h2>
        <PeopleList />
      </section>
    </div>
  );
}
