'use client';
import { type DestinationView, type ErrorCode, routes } from '@streamus/contracts';
import { Button, Dialog, EmptyState, Menu, MenuItem, MenuSeparator, Notice } from '@streamus/ui';
import { EllipsisVertical, Pencil, Plus, RadioTower, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '@/components/waiting.tsx';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { useLoad } from '@/lib/use-load.ts';
import { DestinationForm } from '../destinations/destination-form.tsx';
import { TestStateText } from '../destinations/test-state.tsx';
import { useConnectionTest } from '../destinations/use-connection-test.ts';
import { DeletedRow, Rows, Section, useSettled } from './list-parts.tsx';
import { LoadFailure } from './load-failure.tsx';
import { useLateDelete } from './use-late-delete.ts';

export function DestinationsSection({ onSettled }: { onSettled: (part: string) => void }) {
  const { t } = useTranslation('dashboard');
  const load = useLoad(() => api(routes.listDestinations, {}));
  useSettled('destinations', load.state.kind, onSettled);
  const [form, setForm] = useState<{ destination: DestinationView | null } | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const destinations = load.state.kind === 'ready' ? load.state.value.destinations : [];

  const late = useLateDelete(async (id) => {
    const destination = destinations.find((candidate) => candidate.id === id);
    if (destination === undefined) return;
    const result = await api(routes.deleteDestination, { params: { destinationId: destination.id } });
    if (result.ok || result.code === 'not_found') {
      load.change((now) => ({ destinations: now.destinations.filter((other) => other.id !== id) }));
    } else setProblem(result.code);
  });

  const add = (
    <Button onClick={() => setForm({ destination: null })} tone="outline">
      <Plus aria-hidden />
      {t('destinations.new')}
    </Button>
  );
  return (
    <Section
      title={t('destinations.title')}
      text={t('destinations.text')}
      action={destinations.length > 0 ? add : null}
    >
      {problem !== null && (
        <Notice tone="danger" className="mb-3">
          {errorText(problem)}
        </Notice>
      )}
      {load.state.kind === 'loading' && <Waiting text={t('waiting', { ns: 'common' })} />}
      {load.state.kind === 'failed' && (
        <LoadFailure code={load.state.code} onRetry={() => void load.reload()} />
      )}
      {load.state.kind === 'ready' &&
        (destinations.length === 0 ? (
          <EmptyState
            icon={<RadioTower aria-hidden />}
            title={t('destinations.empty')}
            text={t('destinations.emptyText')}
            action={add}
          />
        ) : (
          <Rows>
            {destinations.map((destination) =>
              late.isGone(destination.id) ? (
                <DeletedRow
                  key={destination.id}
                  name={destination.name}
                  onUndo={() => late.undo(destination.id)}
                />
              ) : (
                <DestinationRow
                  key={destination.id}
                  destination={destination}
                  onEdit={() => setForm({ destination })}
                  onDelete={() => late.start(destination.id)}
                />
              ),
            )}
          </Rows>
        ))}
      {form !== null && (
        <Dialog
          open
          onOpenChange={(open) => {
            if (!open) setForm(null);
          }}
          title={form.destination === null ? t('destinations.formNew') : t('destinations.formEdit')}
          closeLabel={t('close', { ns: 'common' })}
        >
          <DestinationForm
            destination={form.destination}
            onCancel={() => setForm(null)}
            onSaved={() => {
              setForm(null);
              void load.reload();
            }}
          />
        </Dialog>
      )}
    </Section>
  );
}

function DestinationRow(props: { destination: DestinationView; onEdit: () => void; onDelete: () => void }) {
  const { t } = useTranslation('dashboard');
  const { destination } = props;
  const test = useConnectionTest();
  return (
    <li className="flex min-h-16 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
      <div className="min-w-0 flex-1 max-sm:basis-full">
        <p dir="auto" className="text-left truncate font-medium">
          {destination.name}
        </p>
        <p className="truncate text-muted text-xs">{destination.url}</p>
      </div>
      <TestStateText state={test.state} className="max-w-xs max-sm:min-w-0 max-sm:flex-1" />
      <Button
        size="sm"
        tone="outline"
        disabled={test.state.kind === 'testing'}
        aria-label={t('destinations.test', { name: destination.name })}
        onClick={() => void test.run({ destinationId: destination.id })}
      >
        {t('test', { ns: 'destinations' })}
      </Button>
      <Menu
        trigger={
          <Button tone="ghost" size="icon-sm" aria-label={t('destinations.menu', { name: destination.name })}>
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onClick={props.onEdit}>
          {t('destinations.edit')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 aria-hidden />} onClick={props.onDelete}>
          {t('destinations.delete')}
        </MenuItem>
      </Menu>
    </li>
  );
}
