import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

test('docs/metrics.md names every metric there is, and no other', () => {
  const sources = globSync('{apps,packages}/*/src/**/*.ts', { cwd: root }).filter(
    (path) => !path.includes('.test.'),
  );
  const inCode = sources.flatMap(
    (path) => readFileSync(join(root, path), 'utf8').match(/'streamus_[a-z_]+'/g) ?? [],
  );
  // The two cookies share the prefix.
  const metrics = new Set(
    inCode.map((quoted) => quoted.slice(1, -1)).filter((name) => !/^streamus_(access|refresh)$/.test(name)),
  );
  const documented = readFileSync(join(root, 'docs', 'metrics.md'), 'utf8').matchAll(
    /^\| `(streamus_[a-z_]+)`/gm,
  );
  expect([...documented].map((match) => match[1]).sort()).toEqual([...metrics].sort());
});
