'use client';
import { cn } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { outputIcon } from '../studio/go-live/output-badge.tsx';
import { PeopleList, usePeopleHere } from '../studio/people/people-list.tsx';
import { useLive, useStudio } from '../studio/session-context.tsx';

/** What a moderator watches over: where the show goes, and everybody, each with a way to mute and remove them. */
export function ModeratorDesk() {
  const { t } = useTranslation('studio');
  const count = usePeopleHere().length;
  const live = useLive();
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4">
      {live && <Outputs />}
      <section aria-labelledby="people-here" className="flex min-h-0 flex-1 flex-col">
        <h2 id="people-here" className="mb-1 flex items-baseline justify-between gap-2 font-semibold text-sm">
          {t('invite.here')}
          <span className="tabular font-normal text-muted text-xs">{count}</span>
        </h2>
        <div className="min-h-0 flex-1 overflow-y-auto">
          <PeopleList />
        </div>
      </section>
    </div>
  );
}

function Outputs() {
  const { t } = useTranslation('studio');
  const outputs = useStudio((view) => view.outputs);
  if (outputs.length === 0) return null;
  return (
    <ul aria-label={t('live.manage')} className="flex shrink-0 flex-wrap gap-1.5">
      {outputs.map(({ id, name, platform, health: { state } }) => (
        <li
          key={id}
          className={cn(
            'flex max-w-full items-center gap-1.5 rounded-full bg-raised px-2.5 py-1 text-xs [&_svg]:size-3.5 [&_svg]:shrink-0',
            state === 'live' && 'text-ok',
            (state === 'backing-off' || state === 'failed' || state === 'degraded') &&
              'bg-warn-soft text-warn',
          )}
        >
          {outputIcon(state)}
          <span className="truncate font-medium">{platform === 'watch' ? t('output.watch') : name}</span>
          <span className="shrink-0">{t(`output.state.${state}`)}</span>
        </li>
      ))}
    </ul>
  );
}
