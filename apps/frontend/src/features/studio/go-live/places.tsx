'use client';
import type { DestinationView } from '@streamus/contracts';
import { Button, Switch } from '@streamus/ui';
import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DestinationForm } from '../../destinations/destination-form.tsx';
import { TestStateText } from '../../destinations/test-state.tsx';
import type { TestState } from '../../destinations/use-connection-test.ts';
import { useStudio } from '../session-context.tsx';
import { OutputDetails } from './output-badge.tsx';
import { type PlaceKey, placeOf, WATCH } from './use-go-live.ts';

export interface PlacesProps {
  readonly destinations: readonly DestinationView[];
  readonly chosen: readonly PlaceKey[];
  readonly live: boolean;
  readonly tests: ReadonlyMap<string, TestState>;
  readonly onSwitch: (place: PlaceKey, on: boolean) => void;
  readonly onTest: (destination: DestinationView) => void;
  readonly onAdded: (destination: DestinationView) => void;
}

/** Where the stream goes: the watch page and saved servers as switches, and a way to add one. */
export function Places(props: PlacesProps) {
  const { t } = useTranslation('studio');
  const [adding, setAdding] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const wasAdding = useRef(false);
  // The form takes its focus along when it goes: the way on is where it began.
  useEffect(() => {
    if (wasAdding.current && !adding) add.current?.focus();
    wasAdding.current = adding;
  }, [adding]);
  return (
    <section aria-labelledby="places-title" className="flex flex-col gap-2">
      <h3 id="places-title" className="font-semibold text-sm">
        {t('goLive.destinations')}
      </h3>
      <ul className="flex flex-col gap-2">
        <li className="rounded-xl bg-raised px-3 py-2">
          <Switch
            label={t('goLive.watch')}
            detail={t('goLive.watchText')}
            checked={props.chosen.includes(WATCH)}
            onChange={(on) => props.onSwitch(WATCH, on)}
          />
          {props.live && <LiveState place={WATCH} />}
        </li>
        {props.destinations.map((destination) => (
          <PlaceRow key={destination.id} destination={destination} {...props} />
        ))}
      </ul>
      {adding ? (
        <div className="rounded-xl border p-4">
          <DestinationForm
            destination={null}
            onCancel={() => setAdding(false)}
            onSaved={(destination) => {
              setAdding(false);
              props.onAdded(destination);
            }}
          />
        </div>
      ) : (
        <Button ref={add} className="self-start" onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          {t('goLive.add')}
        </Button>
      )}
    </section>
  );
}

function PlaceRow(props: PlacesProps & { destination: DestinationView }) {
  const { t } = useTranslation('destinations');
  const { destination, live, tests } = props;
  const test = tests.get(destination.id) ?? { kind: 'untested' };
  return (
    <li className="flex flex-col gap-2 rounded-xl bg-raised px-3 py-2">
      <Switch
        label={destination.name}
        detail={<span className="block truncate">{destination.url}</span>}
        checked={props.chosen.includes(destination.id)}
        onChange={(on) => props.onSwitch(destination.id, on)}
      />
      {live ? (
        <LiveState place={destination.id} />
      ) : (
        <div className="flex items-center gap-3">
          <Button
            size="sm"
            tone="outline"
            disabled={test.kind === 'testing'}
            aria-label={`${t('test')}: ${destination.name}`}
            onClick={() => props.onTest(destination)}
          >
            {t('test')}
          </Button>
          <TestStateText state={test} />
        </div>
      )}
    </li>
  );
}

function LiveState({ place }: { place: PlaceKey }) {
  const output = useStudio((view) => view.outputs.find((candidate) => placeOf(candidate) === place) ?? null);
  if (output === null) return null;
  return (
    <div className="pt-2 text-sm">
      <OutputDetails output={output} live switched />
    </div>
  );
}
