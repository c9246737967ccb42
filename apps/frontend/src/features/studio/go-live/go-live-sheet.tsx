'use client';
import { type DestinationView, routes } from '@streamus/contracts';
import { Button, Dialog, Notice, Switch, TextArea, TextField } from '@streamus/ui';
import { Radio } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '@/components/waiting.tsx';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { useLoad } from '@/lib/use-load.ts';
import { type TestState, testConnection } from '../../destinations/use-connection-test.ts';
import { useStudio, useStudioName } from '../session-context.tsx';
import { Checks } from './checks.tsx';
import { Places } from './places.tsx';
import { placeOf, useGoLive, WATCH } from './use-go-live.ts';
import '../../destinations/strings.ts';

export interface GoLiveSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** One sheet before and during a stream: what, where to, recorded or not, ready or not. */
export function GoLiveSheet(props: GoLiveSheetProps) {
  const { t } = useTranslation('studio');
  const studioName = useStudioName();
  const sheet = useGoLive(props.open, t('goLive.titleDefault', { studio: studioName }));
  const [blame, setBlame] = useState<string | null>(null);

  async function go() {
    if (sheet.plan === null) return;
    const { title, places, record } = sheet.plan;
    const wrong =
      title.trim() === ''
        ? t('goLive.needTitle')
        : places.length === 0 && !record
          ? t('goLive.needPlace')
          : null;
    setBlame(wrong);
    if (wrong === null && (await sheet.go())) props.onOpenChange(false);
  }

  const problem = blame ?? (sheet.problem === null ? null : errorText(sheet.problem));
  return (
    <Dialog
      {...props}
      place="side"
      title={sheet.live ? t('goLive.manageTitle') : t('goLive.title')}
      {...(sheet.live ? { description: t('goLive.manageText') } : {})}
      closeLabel={t('close', { ns: 'common' })}
      footer={
        sheet.live && problem === null ? null : (
          <div className="flex flex-col gap-3">
            {problem !== null && <Notice tone="danger">{problem}</Notice>}
            {!sheet.live && (
              <Button tone="live" size="lg" disabled={sheet.busy} onClick={() => void go()}>
                <Radio aria-hidden />
                {sheet.busy ? t('goLive.starting') : t('goLive.submit')}
              </Button>
            )}
          </div>
        )
      }
    >
      <SheetBody sheet={sheet} />
    </Dialog>
  );
}

function SheetBody({ sheet }: { sheet: ReturnType<typeof useGoLive> }) {
  const { t } = useTranslation('studio');
  const list = useLoad(() => api(routes.listDestinations, {}));
  const onAir = useStudio((view) => view.outputs.map(placeOf));
  const [tests, setTests] = useState<ReadonlyMap<string, TestState>>(new Map());
  const { plan, live } = sheet;
  if (list.state.kind === 'loading' || (plan === null && !live)) {
    return <Waiting text={t('waiting', { ns: 'common' })} />;
  }
  const destinations = list.state.kind === 'ready' ? list.state.value.destinations : [];
  const chosen = live ? onAir : (plan?.places ?? []);

  function switchPlace(place: string, on: boolean) {
    if (live) void sheet.switchPlace(place, on);
    else sheet.change({ places: on ? [...chosen, place] : chosen.filter((other) => other !== place) });
  }

  async function test(destination: DestinationView) {
    setTests((now) => new Map(now).set(destination.id, { kind: 'testing' }));
    const result = await testConnection({ destinationId: destination.id });
    setTests((now) => new Map(now).set(destination.id, result));
  }

  return (
    <div className="flex flex-col gap-6">
      {!live && plan !== null && (
        <div className="flex flex-col gap-4">
          <TextField
            label={t('goLive.titleField')}
            value={plan.title}
            maxLength={120}
            dir="auto"
            onChange={(event) => sheet.change({ title: event.target.value })}
            error={plan.title.trim() === '' ? t('goLive.needTitle') : null}
          />
          <TextArea
            label={t('goLive.description')}
            hint={t('goLive.descriptionHint')}
            value={plan.description}
            maxLength={5000}
            rows={2}
            dir="auto"
            onChange={(event) => sheet.change({ description: event.target.value })}
          />
        </div>
      )}
      {list.state.kind === 'failed' && <Notice tone="danger">{errorText(list.state.code)}</Notice>}
      <Places
        destinations={destinations}
        chosen={chosen}
        live={live}
        tests={tests}
        onSwitch={switchPlace}
        onTest={(destination) => void test(destination)}
        onAdded={(destination) => {
          list.change((now) => ({ destinations: [...now.destinations, destination] }));
          switchPlace(destination.id, true);
        }}
      />
      {!live && plan !== null && (
        <>
          <Switch
            label={t('goLive.record')}
            detail={t('goLive.recordText')}
            checked={plan.record}
            onChange={(record) => sheet.change({ record })}
            className="rounded-xl bg-raised px-3 py-2"
          />
          <Checks
            watch={chosen.includes(WATCH)}
            record={plan?.record ?? true}
            tests={destinations
              .filter((destination) => chosen.includes(destination.id))
              .map(({ id, name }) => ({ id, name, state: tests.get(id) ?? { kind: 'untested' } }))}
          />
        </>
      )}
    </div>
  );
}
