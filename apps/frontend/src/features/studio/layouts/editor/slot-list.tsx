'use client';
import type { OwnLayout, Slot, SlotId } from '@streamus/studio';
import { Button, cn } from '@streamus/ui';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DraftChange } from './draft.ts';
import { useSlotName } from './slot-name.ts';

export interface SlotListProps {
  readonly layout: OwnLayout;
  readonly selected: SlotId | null;
  readonly change: (change: DraftChange) => void;
}

/** The slots of a layout, the uppermost first, as one sees them lying on each other. */
export function SlotList({ layout, selected, change }: SlotListProps) {
  const { t } = useTranslation('direction');
  const { slots } = layout;
  if (slots.length === 0) return <p className="text-muted text-xs">{t('editor.empty')}</p>;
  return (
    <ol aria-label={t('editor.layers')} className="flex flex-col">
      {slots
        .map((slot, index) => (
          <SlotRow
            key={slot.id}
            slot={slot}
            place={index + 1}
            count={slots.length}
            chosen={slot.id === selected}
            change={change}
          />
        ))
        .reverse()}
    </ol>
  );
}

interface SlotRowProps {
  readonly slot: Slot;
  readonly place: number;
  readonly count: number;
  readonly chosen: boolean;
  readonly change: (change: DraftChange) => void;
}

function SlotRow({ slot, place, count, chosen, change }: SlotRowProps) {
  const { t } = useTranslation('direction');
  const name = useSlotName(slot);
  return (
    <li className={cn('flex items-center gap-0.5 rounded-lg', chosen && 'bg-accent-soft')}>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={() => change({ type: 'select', slot: slot.id })}
        className="touch-target flex h-8 min-w-0 flex-1 items-center gap-2 rounded-lg px-2 text-left text-sm hover:bg-raised"
      >
        <span className="tabular text-muted text-xs">{place}</span>
        <span className="min-w-0 truncate">{name}</span>
      </button>
      <Button
        tone="ghost"
        size="icon-sm"
        disabled={place === count}
        aria-label={t('editor.raise', { place, name })}
        onClick={() => change({ type: 'layer', slot: slot.id, by: 1 })}
      >
        <ArrowUp aria-hidden />
      </Button>
      <Button
        tone="ghost"
        size="icon-sm"
        disabled={place === 1}
        aria-label={t('editor.lower', { place, name })}
        onClick={() => change({ type: 'layer', slot: slot.id, by: -1 })}
      >
        <ArrowDown aria-hidden />
      </Button>
      <Button
        tone="ghost"
        size="icon-sm"
        aria-label={t('editor.remove', { place, name })}
        onClick={() => change({ type: 'remove', slot: slot.id })}
      >
        <Trash2 aria-hidden />
      </Button>
    </li>
  );
}
