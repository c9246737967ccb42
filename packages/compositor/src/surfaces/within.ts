/**
 * What takes longer for one picture hangs; the slowest seen took 150 ms. Copying a frame out of a graphics card's memory is known
 * to: in Chromium 156 with an emulated card, two pages busy, now and then a copy never came to an end.
 */
export const HANGS_MS = 2_000;

/** Rejects when `work` is not done in time; what becomes of it then is nobody's concern. */
export async function within<T>(ms: number, work: T | Promise<T>): Promise<T> {
  if (!(work instanceof Promise)) return work;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no picture within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
