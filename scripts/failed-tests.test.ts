import { expect, test } from 'vitest';
import { failedTests } from './failed-tests.ts';

test('Vitest: each test that failed, and a file that could not be loaded', () => {
  const failed = {
    status: 'failed',
    fullName: 'a sum',
    failureMessages: ['\u001b[31mexpected 3\n  to be 4\u001b[39m'],
  };
  expect(
    failedTests({
      testResults: [
        { name: 'a.test.ts', message: '', assertionResults: [{ status: 'passed', fullName: 'x' }, failed] },
        { name: 'b.test.ts', message: 'no such module', assertionResults: [] },
      ],
    }),
  ).toEqual(['✗ a.test.ts › a sum: expected 3 to be 4', '✗ b.test.ts › the file as a whole: no such module']);
});

test('Playwright: each test that failed, however deep', () => {
  const spec = (title: string, ok: boolean) => ({
    ...{ title, ok },
    tests: [{ results: [{ error: { message: 'timed out' } }] }],
  });
  expect(
    failedTests({
      suites: [
        {
          title: 'a.spec.ts',
          specs: [spec('one', true)],
          suites: [{ title: 'guests', specs: [spec('two', false)] }],
        },
      ],
    }),
  ).toEqual(['✗ guests › two: timed out']);
});

test('nothing failed, or no report', () => {
  expect([failedTests({}), failedTests(undefined), failedTests({ suites: [], testResults: [] })]).toEqual([
    [],
    [],
    [],
  ]);
});
