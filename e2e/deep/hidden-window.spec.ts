import { type Hiding, judgeHiddenShow } from '../support/hidden-show.ts';
import { test } from '../support/test.ts';

test.setTimeout(180_000);

const WAYS: readonly Hiding[] = ['behind another tab', 'in a minimised window', 'under another window'];

for (const way of WAYS) {
  test(`a show goes on undisturbed ${way}, on a screen`, () => judgeHiddenShow('own', way));
}
