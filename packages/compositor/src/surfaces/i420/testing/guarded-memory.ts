import { createHeap, type Heap } from '../heap.ts';
import { createKernels, type Kernels } from '../kernels.ts';
import type { Rows } from './reference.ts';

const GUARD = 64;
const MARK = 0xa5;

/** Memory in which whatever is written beside what was taken is found. */
export interface GuardedMemory {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  readonly heap: Heap;
  /** Throws where a guard has been written over. */
  check(): void;
  /** Bytes taken and not freed. */
  readonly taken: number;
}

export async function guardedMemory(maximum = 4096, mark = MARK): Promise<GuardedMemory> {
  const memory = new WebAssembly.Memory({ initial: 4, maximum });
  const kernels = await createKernels(memory);
  const inner = createHeap(memory);
  const sizes = new Map<number, number>();
  const bytes = (): Uint8Array => new Uint8Array(memory.buffer);
  const heap: Heap = {
    take(size) {
      const at = inner.take(size + 2 * GUARD) + GUARD;
      sizes.set(at, size);
      // What was there before must not matter either.
      bytes().fill(mark, at - GUARD, at + size + GUARD);
      return at;
    },
    free(at) {
      check();
      sizes.delete(at);
      inner.free(at - GUARD);
    },
  };
  function check(): void {
    const all = bytes();
    for (const [at, size] of sizes) {
      for (let n = 1; n <= GUARD; n += 1) {
        if (all[at - n] !== mark) throw new RangeError(`written ${n} bytes before ${at}`);
        if (all[at + size + n - 1] !== mark)
          throw new RangeError(`written ${n - 1} bytes behind ${at + size}`);
      }
    }
  }
  return {
    memory,
    kernels,
    heap,
    check,
    get taken() {
      return [...sizes.values()].reduce((sum, size) => sum + size, 0);
    },
  };
}

/** A plane for one kernel call, as tight as its stride allows. */
export interface TestPlane {
  readonly at: number;
  readonly stride: number;
  read(): Rows;
}

/**
 * Planes at the very end of a memory trap when they are read behind: the last one written is placed there. `spare`
 * bytes follow each row; they keep their values or the test fails.
 */
export function planeOf(memory: WebAssembly.Memory, at: number, rows: Rows, spare: number): TestPlane {
  const width = rows[0]?.length ?? 0;
  const stride = width + spare;
  const bytes = new Uint8Array(memory.buffer);
  for (const [y, row] of rows.entries()) {
    bytes.set(row, at + y * stride);
    if (y < rows.length - 1) bytes.fill(MARK, at + y * stride + width, at + (y + 1) * stride);
  }
  return {
    at,
    stride,
    read() {
      const now = new Uint8Array(memory.buffer);
      for (let y = 0; y < rows.length - 1; y += 1) {
        const gap = now.subarray(at + y * stride + width, at + (y + 1) * stride);
        if (gap.some((byte) => byte !== MARK)) throw new RangeError(`written between the rows at ${y}`);
      }
      return rows.map((_, y) => [...now.subarray(at + y * stride, at + y * stride + width)]);
    },
  };
}

/** Bytes that a plane of these rows takes: the last row has no spare bytes. */
export function planeBytes(rows: Rows, spare: number): number {
  const width = rows[0]?.length ?? 0;
  return (width + spare) * (rows.length - 1) + width;
}
