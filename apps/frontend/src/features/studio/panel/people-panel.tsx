'use client';
import { sourceId } from '@streamus/studio';
import { Avatar } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { PersonMenu } from '../people/person-menu.tsx';
import { usePerson, useStudio } from '../session-context.tsx';
import { Invite } from './invite.tsx';

export function PeoplePanel() {
  const { t } = useTranslation('studio');
  const ids = useStudio((view) =>
    view.people.filter((person) => person.connected || person.onStage).map((person) => person.id),
  );
  return (
    <div className="flex flex-col gap-6">
      <Invite />
      <section aria-labelledby="inside-title">
        <h2 id="inside-title" className="mb-2 flex items-baseline justify-between font-semibold text-sm">
          {t('invite.here')}
          <span className="tabular font-normal text-muted text-xs">{ids.length}</span>
        </h2>
        <ul className="flex flex-col">
          {ids.map((id) => (
            <PersonRow key={id} id={id} />
          ))}
        </ul>
      </section>
    </div>
  );
}

function PersonRow({ id }: { id: string }) {
  const { t } = useTranslation('studio');
  const person = usePerson(id, (view) => ({
    id: view.id,
    name: view.name,
    you: view.you,
    role: view.role,
    connected: view.connected,
    onStage: view.onStage,
    weak: view.quality === 'poor' || view.quality === 'lost',
  }));
  if (person === null) return null;
  const state = !person.connected
    ? t('person.away')
    : person.onStage
      ? t('person.onStage')
      : t('person.backstage');
  return (
    <li className="flex items-center gap-3 py-1.5">
      <Avatar name={person.name} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-sm">
          <bdi>{person.you ? t('person.you', { name: person.name }) : person.name}</bdi>
        </p>
        <p className="truncate text-muted text-xs">
          {t(`role.${person.role}`)} · {state}
          {person.weak && person.connected ? ` · ${t('person.weak')}` : ''}
        </p>
      </div>
      <PersonMenu person={person.id} source={sourceId('camera', person.id)} />
    </li>
  );
}
