import { expect, test } from 'vitest';
import { SpareCores } from './spare-cores.ts';

test('idle cores are counted over the five seconds after the first question, each time anew', () => {
  const idle = [1_000, 2_000];
  let looks = 0;
  const spare = new SpareCores(() => {
    looks += 1;
    return idle.map((each) => ({ times: { user: 0, nice: 0, sys: 0, idle: each, irq: 0 } }));
  });
  expect(looks).toBe(0);
  expect(spare.count(100)).toBeNull();
  idle[0] = 5_000;
  expect(spare.count(4_000)).toBeNull();
  idle[1] = 5_500;
  expect(spare.count(5_100)).toBe((4_000 + 3_500) / 5_000);
  expect(spare.count(60_000)).toBeNull();
  expect(spare.count(66_000)).toBe(0);
});
