'use client';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

/** Pointer way in pixels from which a press is a drag. */
const DRAG_FROM = 6;

export interface ReorderOptions<Id extends string> {
  readonly ids: readonly Id[];
  readonly axis: 'x' | 'y';
  /** `index`: of the list without the item. */
  readonly onMove: (id: Id, index: number) => void;
}

interface Drag<Id> {
  readonly id: Id;
  readonly index: number;
}

/** The index the pointer points at, in the list without the dragged item. */
export function dropIndex(centres: readonly number[], at: number): number {
  return centres.filter((centre) => centre < at).length;
}

/**
 * Order by dragging and by Alt with the arrow keys. Items carry `data-item` with their id and lie in the element of
 * `list`; the focus stays on the item that is moved.
 */
export function useReorder<Id extends string>({ ids, axis, onMove }: ReorderOptions<Id>) {
  const list = useRef<HTMLUListElement & HTMLOListElement>(null);
  const [drag, setDrag] = useState<Drag<Id> | null>(null);
  const stop = useRef<(() => void) | null>(null);
  const refocus = useRef<HTMLElement | null>(null);
  useEffect(() => () => stop.current?.(), []);
  // Browsers take the focus away from an element that moves in the document.
  useEffect(() => {
    refocus.current?.focus();
    refocus.current = null;
  }, [ids.join()]);

  function indexAt(id: Id, at: number): number {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
    const others = items.filter(
      ({ dataset }) => dataset.item !== id && ids.some((one) => one === dataset.item),
    );
    const centres = others.map((item) => {
      const { left, top, width, height } = item.getBoundingClientRect();
      return axis === 'x' ? left + width / 2 : top + height / 2;
    });
    return dropIndex(centres, at);
  }

  /** Not in a menu of an item, whose events come here too though it lies elsewhere. */
  function isInList({ target }: { readonly target: EventTarget }): boolean {
    return target instanceof Node && list.current?.contains(target) === true;
  }

  function press(id: Id, down: PointerEvent) {
    // A finger scrolls the list; on touch screens the menu moves.
    if (down.button !== 0 || down.pointerType === 'touch' || !isInList(down)) return;
    stop.current?.();
    const start = axis === 'x' ? down.clientX : down.clientY;
    let index: number | null = null;
    const follow = (event: globalThis.PointerEvent) => {
      // Let go where nobody could tell: over a menu that keeps its events to itself.
      if (event.buttons === 0) return stop.current?.();
      const at = axis === 'x' ? event.clientX : event.clientY;
      if (index === null && Math.abs(at - start) < DRAG_FROM) return;
      index = indexAt(id, at);
      setDrag({ id, index });
    };
    const end = (event: Event) => {
      stop.current?.();
      if (index === null || event.type !== 'pointerup') return;
      // The click that ends a drag chooses nothing.
      window.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
      if (index !== ids.indexOf(id)) onMove(id, index);
    };
    const cancel = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape') stop.current?.();
    };
    stop.current = () => {
      window.removeEventListener('pointermove', follow);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', cancel);
      stop.current = null;
      setDrag(null);
    };
    window.addEventListener('pointermove', follow);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', cancel);
  }

  function key(id: Id, event: KeyboardEvent) {
    const back = axis === 'x' ? 'ArrowLeft' : 'ArrowUp';
    const on = axis === 'x' ? 'ArrowRight' : 'ArrowDown';
    if (!event.altKey || (event.key !== back && event.key !== on) || !isInList(event)) return;
    event.preventDefault();
    const index = ids.indexOf(id) + (event.key === on ? 1 : -1);
    if (index < 0 || index >= ids.length) return;
    if (event.target instanceof HTMLElement) refocus.current = event.target;
    onMove(id, index);
  }

  return {
    list,
    /** Id of the item that is being dragged. */
    dragged: drag?.id ?? null,
    /** Id of the item before which it would be dropped; `end` after the last one; null: nothing is dragged. */
    before: drag === null ? null : (ids.filter((id) => id !== drag.id)[drag.index] ?? 'end'),
    item: (id: Id) => ({
      'data-item': id,
      onPointerDown: (event: PointerEvent) => press(id, event),
      onKeyDown: (event: KeyboardEvent) => key(id, event),
    }),
  };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
