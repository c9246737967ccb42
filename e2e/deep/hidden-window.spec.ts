import { judgeHiddenShow } from '../support/hidden-show.ts';
import { test } from '../support/test.ts';

test.setTimeout(180_000);

test('a show goes on undisturbed behind another tab of a window on a screen', () => judgeHiddenShow('own'));
