'use client';
import { type Area, compositionOf, type OwnLayout, type Slot, type SlotId, WHOLE } from '@streamus/studio';
import { cn } from '@streamus/ui';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePicture } from '../../scenes/use-scene-picture.ts';
import { useStudio, useStudioPlace } from '../../session-context.tsx';
import { grown, type Handle, moved, NO_LINES, resized, type SnapLines, snapped } from './boxes.ts';
import { useSlotName } from './slot-name.ts';

/** Pixels from which an edge catches. */
const REACH = 8;
/** What an arrow key moves by: a hundredth of the programme. */
const STEP = 100;
const HANDLES: readonly Handle[] = [
  { x: -1, y: -1 },
  { x: 0, y: -1 },
  { x: 1, y: -1 },
  { x: -1, y: 0 },
  { x: 1, y: 0 },
  { x: -1, y: 1 },
  { x: 0, y: 1 },
  { x: 1, y: 1 },
];

export interface EditorCanvasProps {
  readonly layout: OwnLayout;
  readonly selected: SlotId | null;
  readonly onSelect: (slot: SlotId) => void;
  /** `fresh`: the beginning of a change, not its next moment. */
  readonly onBox: (slot: SlotId, box: Area, fresh: boolean) => void;
  readonly onRemove: (slot: SlotId) => void;
}

/** The programme with the slots of a layout on it, painted as they will be; drag, resize, or use the arrow keys. */
export function EditorCanvas(props: EditorCanvasProps) {
  const { layout } = props;
  const { session } = useStudioPlace();
  const shape = useStudio((view) => view.document?.programme ?? { width: 16, height: 9 });
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [lines, setLines] = useState<SnapLines>(NO_LINES);
  const painted = usePicture(canvas, {
    composition: () => {
      const { document } = session.store.getState();
      if (document === null) return null;
      const composition = compositionOf(document);
      return { ...composition, air: { ...composition.air, layout } };
    },
    key: JSON.stringify(layout.slots),
    width: 640,
    everyMs: 200,
  });
  const ratio = shape.width / shape.height;
  return (
    <div className="@container-[size] flex min-h-0 flex-1 items-center justify-center p-1">
      <div
        ref={frame}
        className="relative bg-raised ring-1 ring-line"
        style={{ width: `min(100cqw, ${100 * ratio}cqh)`, aspectRatio: ratio }}
      >
        <canvas
          ref={canvas}
          aria-hidden
          className={cn('absolute inset-0 h-full w-full', !painted && 'hidden')}
        />
        {layout.slots.map((slot, index) => (
          <SlotBox key={slot.id} {...props} slot={slot} place={index + 1} frame={frame} onLines={setLines} />
        ))}
        {lines.x !== null && (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 w-px bg-warn"
            style={{ left: `${lines.x / 100}%` }}
          />
        )}
        {lines.y !== null && (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-x-0 h-px bg-warn"
            style={{ top: `${lines.y / 100}%` }}
          />
        )}
      </div>
    </div>
  );
}

interface SlotBoxProps extends EditorCanvasProps {
  readonly slot: Slot;
  readonly place: number;
  readonly frame: { readonly current: HTMLElement | null };
  readonly onLines: (lines: SnapLines) => void;
}

function SlotBox(props: SlotBoxProps) {
  const { slot, layout, frame, onBox, onLines } = props;
  const { t } = useTranslation('direction');
  const name = useSlotName(slot);
  const { box } = slot;
  const chosen = props.selected === slot.id;
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  function drag(down: PointerEvent, handle: Handle | null) {
    if (down.button !== 0 || frame.current === null) return;
    down.stopPropagation();
    props.onSelect(slot.id);
    const { width, height } = frame.current.getBoundingClientRect();
    const others = layout.slots.filter(({ id }) => id !== slot.id).map((other) => other.box);
    const reach = { x: (REACH * WHOLE) / width, y: (REACH * WHOLE) / height };
    let fresh = true;
    const follow = (event: globalThis.PointerEvent) => {
      const dx = ((event.clientX - down.clientX) * WHOLE) / width;
      const dy = ((event.clientY - down.clientY) * WHOLE) / height;
      const free = handle === null ? moved(box, dx, dy) : resized(box, handle, dx, dy);
      // Alt leaves the lines alone.
      const caught = event.altKey ? { box: free, lines: NO_LINES } : snapped(free, others, handle, reach);
      onLines(caught.lines);
      onBox(slot.id, caught.box, fresh);
      fresh = false;
    };
    stop.current = () => {
      window.removeEventListener('pointermove', follow);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      stop.current = null;
      onLines(NO_LINES);
    };
    const end = () => stop.current?.();
    window.addEventListener('pointermove', follow);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  }

  function press(event: KeyboardEvent) {
    const dx = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key] ?? 0;
    const dy = { ArrowUp: -STEP, ArrowDown: STEP }[event.key] ?? 0;
    const grow = { '+': STEP, '=': STEP, '-': -STEP }[event.key];
    if (grow !== undefined) onBox(slot.id, grown(box, grow), true);
    else if (dx !== 0 || dy !== 0) {
      onBox(slot.id, event.shiftKey ? resized(box, { x: 1, y: 1 }, dx, dy) : moved(box, dx, dy), true);
    } else if (event.key === 'Delete' || event.key === 'Backspace') props.onRemove(slot.id);
    else return;
    event.preventDefault();
  }

  return (
    <div
      className={cn('absolute', chosen ? 'z-10' : '')}
      style={{
        left: `${box.x / 100}%`,
        top: `${box.y / 100}%`,
        width: `${box.width / 100}%`,
        height: `${box.height / 100}%`,
      }}
    >
      <button
        type="button"
        data-slot={slot.id}
        aria-label={t('editor.slotAt', {
          place: props.place,
          name,
          x: Math.round(box.x / 100),
          y: Math.round(box.y / 100),
          width: Math.round(box.width / 100),
          height: Math.round(box.height / 100),
        })}
        aria-pressed={chosen}
        onFocus={() => props.onSelect(slot.id)}
        onPointerDown={(event) => drag(event, null)}
        onKeyDown={press}
        className={cn(
          'absolute inset-0 touch-none cursor-move select-none border border-white/70 border-dashed text-left shadow-[inset_0_0_0_1px_rgb(0_0_0/0.6)]',
          chosen && 'border-2 border-accent-ink border-solid',
        )}
      >
        <span className="absolute top-1 left-1 max-w-[calc(100%-8px)] truncate rounded-md bg-panel px-1.5 font-medium text-2xs text-ink">
          {props.place} · {name}
        </span>
      </button>
      {chosen &&
        HANDLES.map((handle) => (
          <span
            key={`${handle.x} ${handle.y}`}
            aria-hidden
            onPointerDown={(event) => drag(event, handle)}
            className="absolute z-10 size-6 -translate-x-1/2 -translate-y-1/2 touch-none after:absolute after:inset-[7px] after:rounded-sm after:border-2 after:border-accent after:bg-white"
            style={{
              left: `${50 * (handle.x + 1)}%`,
              top: `${50 * (handle.y + 1)}%`,
              cursor: cursorOf(handle),
            }}
          />
        ))}
    </div>
  );
}

function cursorOf({ x, y }: Handle): string {
  if (x === 0) return 'ns-resize';
  if (y === 0) return 'ew-resize';
  return x === y ? 'nwse-resize' : 'nesw-resize';
}
