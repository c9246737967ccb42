'use client';
import { mayInStudio } from '@streamus/contracts';
import { sourceId } from '@streamus/studio';
import { useTranslation } from 'react-i18next';
import { Avatar } from '@/components/avatar.tsx';
import { usePerson, useRole, useStudio } from '../session-context.tsx';
import { PersonMenu } from './person-menu.tsx';
import { PersonMicrophone } from './person-microphone.tsx';

/** Everybody who is in the studio or has a place on its stage. */
export function usePeopleHere(): readonly string[] {
  return useStudio((view) =>
    view.people.filter((person) => person.connected || person.onStage).map((person) => person.id),
  );
}

/** Who is here, where, and what one may do with them. */
export function PeopleList() {
  const ids = usePeopleHere();
  return (
    <ul className="flex flex-col">
      {ids.map((id) => (
        <PersonRow key={id} id={id} />
      ))}
    </ul>
  );
}

function PersonRow({ id }: { id: string }) {
  const { t } = useTranslation('studio');
  const role = useRole();
  const may = role !== null && mayInStudio(role, 'mute-person');
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
    <li className="flex items-center gap-1.5 py-1.5">
      <Avatar name={person.name} className="mr-1.5" />
      <div className="min-w-0 flex-1">
        <p dir="auto" className="text-left truncate font-medium text-sm">
          {person.you ? t('person.you', { name: person.name }) : person.name}
        </p>
        <p className="truncate text-muted text-xs">
          {t(`role.${person.role}`)} · {state}
          {person.weak && person.connected ? ` · ${t('person.weak')}` : ''}
        </p>
      </div>
      {person.connected && (person.you || may) && (
        <PersonMicrophone id={id} name={person.name} you={person.you} />
      )}
      <PersonMenu person={person.id} source={sourceId('camera', person.id)} />
    </li>
  );
}
