import { programmeFrame } from '../programme-frame.ts';
import { createRoom, type Heap } from './heap.ts';
import type { Kernels } from './kernels.ts';
import { type Planes, tightBytes, tightPlanesAt } from './planes.ts';

/** Makes frames of pictures in the kernels' memory. */
export interface FrameMaker {
  /** Microseconds. */
  frame(planes: Planes, timestamp: number, duration: number): VideoFrame;
  close(): void;
}

/** Rows that lie apart are moved together first, which is cheaper than to find out who needs it. */
export function createFrameMaker(options: {
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  readonly heap: Heap;
}): FrameMaker {
  const { kernels, memory, heap } = options;
  const room = createRoom(heap);

  function together(planes: Planes): Planes {
    const { y, u } = planes;
    if (y.stride === y.width && u.stride === u.width) return planes;
    const tight = tightPlanesAt(room.of(tightBytes(y)), y);
    for (const name of ['y', 'u', 'v'] as const) {
      const [to, from] = [tight[name], planes[name]];
      kernels.copyPlane(to.at, to.stride, from.at, from.stride, from.width, from.height);
    }
    return tight;
  }

  return {
    frame(planes, timestamp, duration) {
      const { y } = together(planes);
      return programmeFrame(new Uint8Array(memory.buffer, y.at, tightBytes(y)), y, timestamp, duration);
    },
    close: room.close,
  };
}
