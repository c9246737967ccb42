'use client';
import type { StreamView, StudioSummary } from '@streamus/contracts';
import { Badge, Button, buttonVariants, Menu, MenuItem, MenuSeparator } from '@streamus/ui';
import { EllipsisVertical, Pencil, Plus, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AspectShape } from '@/components/aspect-choice.tsx';
import { DeleteStudio } from './delete-studio.tsx';
import { Rows, Section } from './list-parts.tsx';
import { StudioForm } from './studio-form.tsx';

export interface StudiosSectionProps {
  readonly studios: readonly StudioSummary[];
  readonly streams: readonly StreamView[];
  readonly onSaved: (studio: StudioSummary) => void;
  readonly onDeleted: (studio: StudioSummary) => void;
}

/** All of one's studios. With one there is nothing to choose: a quiet way to a second is all there is. */
export function StudiosSection({ studios, streams, onSaved, onDeleted }: StudiosSectionProps) {
  const { t } = useTranslation('dashboard');
  const [form, setForm] = useState<{ studio: StudioSummary | null } | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<StudioSummary | null>(null);
  const [deleted, setDeleted] = useState<StudioSummary | null>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The dialog gives the focus back to a menu that is not there any more.
    if (deleted !== null) requestAnimationFrame(() => addButton.current?.focus());
  }, [deleted]);
  const several = studios.length > 1;
  const add = (
    <Button ref={addButton} tone={several ? 'outline' : 'ghost'} onClick={() => setForm({ studio: null })}>
      <Plus aria-hidden />
      {t('studios.new')}
    </Button>
  );
  return (
    <>
      {several ? (
        <Section title={t('studios.title')} text={t('studios.text')} action={add}>
          <Rows>
            {studios.map((studio) => (
              <StudioRow
                key={studio.id}
                studio={studio}
                isNew={studio.id === made}
                onRename={() => setForm({ studio })}
                onDelete={() => setDeleting(studio)}
              />
            ))}
          </Rows>
        </Section>
      ) : (
        <div className="-mt-7 -mb-6 -ml-3.5">{add}</div>
      )}
      <p role="status" className="sr-only">
        {deleted === null ? '' : t('deleted', { name: deleted.name })}
      </p>
      {deleting !== null && (
        <DeleteStudio
          studio={deleting}
          streams={streams}
          onClose={() => setDeleting(null)}
          onDeleted={() => {
            setDeleting(null);
            setDeleted(deleting);
            onDeleted(deleting);
          }}
        />
      )}
      {form !== null && (
        <StudioForm
          studio={form.studio}
          onClose={() => setForm(null)}
          onSaved={(studio) => {
            if (form.studio === null) setMade(studio.id);
            setForm(null);
            onSaved(studio);
          }}
        />
      )}
    </>
  );
}

function StudioRow(props: {
  studio: StudioSummary;
  isNew: boolean;
  onRename: () => void;
  onDelete: () => void;
}) {
  const { t } = useTranslation('dashboard');
  const { studio, isNew } = props;
  const enter = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // The dialog gives the focus back to a button that is not there any more.
    if (isNew) requestAnimationFrame(() => enter.current?.focus());
  }, [isNew]);
  return (
    <li className="flex min-h-16 items-center gap-3 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate text-left font-medium">
          {studio.name}
        </p>
        <p className="tabular flex items-center gap-1.5 text-muted text-xs">
          <AspectShape aspect={studio.aspect} />
          {studio.aspect}
        </p>
      </div>
      {studio.liveStreamId !== null && <Badge tone="live">{t('studios.live')}</Badge>}
      <Link
        ref={enter}
        href={`/studio/${studio.id}`}
        aria-label={t('studios.enter', { name: studio.name })}
        className={buttonVariants({ tone: 'outline', size: 'sm' })}
      >
        {t('studios.enterShort')}
      </Link>
      <Menu
        trigger={
          <Button tone="ghost" size="icon-sm" aria-label={t('studios.menu', { name: studio.name })}>
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onClick={props.onRename}>
          {t('studios.rename')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 aria-hidden />} onClick={props.onDelete}>
          {t('delete', { ns: 'common' })}
        </MenuItem>
      </Menu>
    </li>
  );
}
