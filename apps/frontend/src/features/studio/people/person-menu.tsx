'use client';
import { mayInStudio } from '@streamus/contracts';
import {
  type PersonId,
  type Role,
  type SourceId,
  type StudioCommandType,
  sceneInEdit,
} from '@streamus/studio';
import { Button, Dialog, Menu, MenuItem, MenuSeparator, TextField } from '@streamus/ui';
import {
  ArrowLeft,
  ArrowLeftToLine,
  ArrowRight,
  EllipsisVertical,
  MicOff,
  PencilLine,
  Star,
  StarOff,
  UserRoundX,
} from 'lucide-react';
import { type FormEvent, memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { stageOf, usePerson, useRole, useStudio, useStudioPlace } from '../session-context.tsx';

interface PersonMenuProps {
  readonly person: PersonId;
  readonly source: SourceId;
}

/** Everything else one can do with a person or their source. */
export const PersonMenu = memo(function PersonMenu({ person: id, source }: PersonMenuProps) {
  const { t } = useTranslation('studio');
  const [renaming, setRenaming] = useState(false);
  const name = usePerson(id, (view) => view.name);
  const role = useRole();
  if (name === null || role === null) return null;
  return (
    <>
      <Menu
        trigger={
          <Button tone="ghost" size="icon-sm" className="size-6" aria-label={t('person.menu', { name })}>
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <PersonMenuItems person={id} source={source} role={role} onRename={() => setRenaming(true)} />
      </Menu>
      {renaming && <RenameDialog person={id} name={name} onClose={() => setRenaming(false)} />}
    </>
  );
});

/** Is there while the menu is open: what changes on stage concerns no closed one. */
function PersonMenuItems(props: PersonMenuProps & { role: Role; onRename: () => void }) {
  const { person: id, source, role } = props;
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const person = usePerson(id, (view) => ({
    name: view.name,
    you: view.you,
    host: view.role === 'host',
    microphone: view.microphoneOn,
  }));
  const index = useStudio((view) => stageOf(view).indexOf(source));
  const count = useStudio((view) => stageOf(view).length);
  const scene = useStudio((view) => view.document?.scene);
  const spotlit = useStudio(
    ({ document }) => document !== null && sceneInEdit(document).spotlight === source,
  );
  if (person === null) return null;
  const may = (action: StudioCommandType) => mayInStudio(role, action);
  const move = (to: number) => void session.command({ type: 'move-on-stage', source, index: to, scene });
  return (
    <>
      {index >= 0 && may('move-on-stage') && (
        <>
          {may('set-spotlight') && (
            <MenuItem
              icon={spotlit ? <StarOff aria-hidden /> : <Star aria-hidden />}
              onClick={() =>
                void session.command({ type: 'set-spotlight', source: spotlit ? null : source, scene })
              }
            >
              {spotlit ? t('person.endSpotlight') : t('person.spotlight')}
            </MenuItem>
          )}
          <MenuItem icon={<ArrowLeftToLine aria-hidden />} disabled={index === 0} onClick={() => move(0)}>
            {t('person.first')}
          </MenuItem>
          <MenuItem icon={<ArrowLeft aria-hidden />} disabled={index === 0} onClick={() => move(index - 1)}>
            {t('person.earlier')}
          </MenuItem>
          <MenuItem
            icon={<ArrowRight aria-hidden />}
            disabled={index === count - 1}
            onClick={() => move(index + 1)}
          >
            {t('person.later')}
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      {!person.you && may('mute-person') && (
        <MenuItem
          icon={<MicOff aria-hidden />}
          disabled={!person.microphone}
          onClick={() => void session.command({ type: 'mute-person', person: id })}
        >
          {t('person.mute', { name: person.name })}
        </MenuItem>
      )}
      {(person.you || may('rename-person')) && (
        <MenuItem icon={<PencilLine aria-hidden />} onClick={props.onRename}>
          {t('person.rename')}
        </MenuItem>
      )}
      {!person.you && !person.host && may('remove-person') && (
        <>
          <MenuSeparator />
          <MenuItem
            danger
            icon={<UserRoundX aria-hidden />}
            onClick={() => void session.command({ type: 'remove-person', person: id })}
          >
            {t('person.remove')}
          </MenuItem>
        </>
      )}
    </>
  );
}

/** The dialog for somebody who may have left meanwhile. */
export function RenameSheet({ person, onClose }: { person: PersonId; onClose: () => void }) {
  const name = usePerson(person, (view) => view.name);
  return name === null ? null : <RenameDialog person={person} name={name} onClose={onClose} />;
}

export function RenameDialog(props: { person: PersonId; name: string; onClose: () => void }) {
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const [name, setName] = useState(props.name);
  const [failure, setFailure] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === '') return;
    const outcome = await session.command({ type: 'rename-person', person: props.person, name: name.trim() });
    if (outcome.ok) props.onClose();
    else setFailure(errorText(outcome.code));
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
      title={t('person.renameTitle', { name: props.name })}
      closeLabel={t('close', { ns: 'common' })}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t('person.name')}
          value={name}
          maxLength={60}
          dir="auto"
          onChange={(event) => setName(event.target.value)}
          error={failure}
        />
        <Button type="submit" tone="accent" className="self-end" disabled={name.trim() === ''}>
          {t('save', { ns: 'common' })}
        </Button>
      </form>
    </Dialog>
  );
}
