import { judgeHiddenShow } from '../support/hidden-show.ts';
import { test } from '../support/test.ts';

test.setTimeout(180_000);

test('a show goes on undisturbed while the tab that composes it is hidden', () =>
  judgeHiddenShow('none', 'behind another tab'));
