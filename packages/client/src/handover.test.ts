import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHandover } from './handover.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('lets what was replaced go on for the moment, and no longer', async () => {
  const end = vi.fn(async () => undefined);
  createHandover().add(end);
  await vi.advanceTimersByTimeAsync(5999);
  expect(end).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(end).toHaveBeenCalledOnce();
});

it('ends everything once when there is no time to wait', async () => {
  const handover = createHandover();
  const [first, second] = [vi.fn(async () => undefined), vi.fn(async () => undefined)];
  handover.add(first);
  handover.add(second);
  await handover.end();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(first).toHaveBeenCalledOnce();
  expect(second).toHaveBeenCalledOnce();
});
