'use client';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

/** This near the edge of what scrolls, the list follows the pointer; px. */
const EDGE = 36;
const SCROLL_STEP = 12;

interface Drag {
  readonly id: string;
  /** Where it would land among the others. */
  readonly index: number;
}

/** Order by dragging a handle, or by Alt and the arrow keys anywhere in the row. Rows carry `data-reorder`. */
export function useReorder(ids: readonly string[], onMove: (id: string, index: number) => void) {
  const list = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  /** What had the focus before rows changed places: browsers drop it on the way. */
  const focused = useRef<HTMLElement | null>(null);

  useEffect(() => {
    if (ids.length > 0 && focused.current?.isConnected) focused.current.focus();
    focused.current = null;
  }, [ids]);

  function indexAt(clientY: number, id: string): number {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-reorder]') ?? [])];
    return rows.filter((row) => {
      const { top, height } = row.getBoundingClientRect();
      return row.dataset.reorder !== id && top + height / 2 < clientY;
    }).length;
  }

  function followEdge(clientY: number): void {
    const scroller = list.current?.closest('[role="tabpanel"]');
    if (!scroller) return;
    const { top, bottom } = scroller.getBoundingClientRect();
    if (clientY < top + EDGE) scroller.scrollBy(0, -SCROLL_STEP);
    if (clientY > bottom - EDGE) scroller.scrollBy(0, SCROLL_STEP);
  }

  return {
    list,
    drag,
    handle: (id: string) => ({
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ id, index: ids.indexOf(id) });
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (drag?.id !== id) return;
        followEdge(event.clientY);
        const index = indexAt(event.clientY, id);
        if (index !== drag.index) setDrag({ id, index });
      },
      onPointerUp() {
        if (drag?.id === id && drag.index !== ids.indexOf(id)) onMove(id, drag.index);
        setDrag(null);
      },
      onPointerCancel: () => setDrag(null),
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        if (event.key === 'Escape') setDrag(null);
      },
    }),
    row: (id: string) => ({
      'data-reorder': id,
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
        const { target } = event;
        if (step === 0 || !event.altKey || !(target instanceof HTMLElement)) return;
        if (target.matches('input, textarea, select, [contenteditable]')) return;
        event.preventDefault();
        const index = ids.indexOf(id) + step;
        if (index < 0 || index >= ids.length) return;
        focused.current = target;
        onMove(id, index);
      },
    }),
  };
}
