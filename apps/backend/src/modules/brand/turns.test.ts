import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

it('runs as many at once as there are turns, in order, and turns away whoever finds the line full', async () => {
  const turns = new Turns(2, 3);
  const gates: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const jobs = [0, 1, 2, 3, 4].map((job) =>
    turns.take(async () => {
      order.push(job);
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => gates.push(resolve));
      running -= 1;
      return job;
    }),
  );
  expect(await turns.take(async () => 'late')).toBe(null);
  for (let done = 0; done < jobs.length; done += 1) {
    gates[done]?.();
    await jobs[done];
  }
  expect(await Promise.all(jobs)).toEqual([0, 1, 2, 3, 4]);
  expect([most, order]).toEqual([2, [0, 1, 2, 3, 4]]);
  expect(await turns.take(async () => 'later')).toBe('later');
});

it('gives the turn back when the work fails', async () => {
  const turns = new Turns(1, 0);
  await expect(turns.take(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await turns.take(async () => 1)).toBe(1);
});
