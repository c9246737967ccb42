/** Address in the memory of the kernels. */
export type Address = number;

/** Gives out parts of the kernels' memory; whoever takes one frees it. */
export interface Heap {
  take(bytes: number): Address;
  free(at: Address): void;
}

const PAGE = 65_536;
/** Vectors are read fastest where they do not cross a line of the cache. */
const ALIGNMENT = 64;

const aligned = (bytes: number): number => Math.ceil(Math.max(1, bytes) / ALIGNMENT) * ALIGNMENT;

interface Gap {
  at: Address;
  size: number;
}

/**
 * First fit, neighbouring gaps become one. The memory grows when nothing fits and never shrinks (WebAssembly cannot);
 * beyond its maximum, taking throws.
 */
export function createHeap(memory: WebAssembly.Memory): Heap {
  const gaps: Gap[] = [{ at: ALIGNMENT, size: memory.buffer.byteLength - ALIGNMENT }];
  const taken = new Map<Address, number>();

  function grow(bytes: number): void {
    const end = memory.buffer.byteLength;
    const pages = Math.ceil(bytes / PAGE);
    try {
      memory.grow(pages);
    } catch {
      throw new RangeError(`the picture needs more memory than the surface may have (${end + bytes} bytes)`);
    }
    release(end, pages * PAGE);
  }

  function release(at: Address, size: number): void {
    const next = gaps.findIndex((gap) => gap.at > at);
    const index = next === -1 ? gaps.length : next;
    gaps.splice(index, 0, { at, size });
    for (const first of [index, index - 1]) {
      const [gap, after] = [gaps[first], gaps[first + 1]];
      if (gap === undefined || after === undefined || gap.at + gap.size !== after.at) continue;
      gap.size += after.size;
      gaps.splice(first + 1, 1);
    }
  }

  return {
    take(bytes) {
      const size = aligned(bytes);
      let gap = gaps.find((one) => one.size >= size);
      if (gap === undefined) {
        grow(size);
        gap = gaps.find((one) => one.size >= size);
      }
      if (gap === undefined) throw new RangeError('the memory of the surface did not grow');
      const { at } = gap;
      gap.at += size;
      gap.size -= size;
      if (gap.size === 0) gaps.splice(gaps.indexOf(gap), 1);
      taken.set(at, size);
      return at;
    },
    free(at) {
      const size = taken.get(at);
      if (size === undefined) throw new RangeError(`nothing was taken at ${at}`);
      taken.delete(at);
      release(at, size);
    },
  };
}

/** A part of the memory that is as large as the largest thing it ever held: used again in every frame. */
export interface Room {
  /** What was in it is lost when it has to grow. */
  of(bytes: number): Address;
  readonly size: number;
  close(): void;
}

export function createRoom(heap: Heap): Room {
  let at: Address | null = null;
  let size = 0;
  const close = (): void => {
    if (at !== null) heap.free(at);
    at = null;
    size = 0;
  };
  return {
    of(bytes) {
      if (at !== null && bytes <= size) return at;
      close();
      at = heap.take(bytes);
      size = bytes;
      return at;
    },
    get size() {
      return size;
    },
    close,
  };
}
