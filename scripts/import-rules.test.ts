import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
import config from '../.dependency-cruiser.mjs';

const fixture = join(import.meta.dirname, 'import-rules-fixture');

describe('import rules', () => {
  it.each([
    ['pure-packages', 'packages/studio/src/reads-a-file.ts'],
    ['apps-apart', 'apps/backend/src/imports-another-app.ts'],
    ['testkit-for-tests', 'apps/backend/src/imports-testkit.ts'],
    ['no-cycles', 'apps/backend/src/cycle-a.ts'],
  ])('%s finds its violation', async (rule, file) => {
    const { exclude: _, ...options } = config.options;
    const result = await cruise(['apps', 'packages'], {
      ...options,
      baseDir: fixture,
      validate: true,
      ruleSet: { forbidden: config.forbidden },
    });
    if (typeof result.output === 'string') throw new Error('Expected a structured result.');
    const found = result.output.summary.violations.map((violation) => [violation.rule.name, violation.from]);
    expect(found).toContainEqual([rule, file]);
  });
});
