import { expect, test } from 'vitest';
import { SpareCores } from './spare-cores.ts';

test('idle cores are counted over five seconds; before that none is known', () => {
  const idle = [1_000, 2_000];
  const spare = new SpareCores(() =>
    idle.map((each) => ({ times: { user: 0, nice: 0, sys: 0, idle: each, irq: 0 } })),
  );
  spare.tick(100);
  idle[0] = 5_000;
  spare.tick(4_000);
  expect(spare.count).toBe(0);
  idle[1] = 5_500;
  spare.tick(5_100);
  expect(spare.count).toBe((4_000 + 3_500) / 5_000);
  spare.tick(10_100);
  expect(spare.count).toBe(0);
});
