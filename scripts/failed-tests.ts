import { stripVTControlCharacters } from 'node:util';

const MOST_LETTERS = 300;

/** A line for each test that failed in a JSON report of Vitest or Playwright: where, which, why. */
export function failedTests(report: unknown): string[] {
  return [
    ...objectsIn(report, 'testResults').flatMap(failedInFile),
    ...objectsIn(report, 'suites').flatMap(failedInSuite),
  ];
}

/** Vitest: one file and its tests. */
function failedInFile(file: object): string[] {
  const name = textIn(file, 'name');
  const failed = objectsIn(file, 'assertionResults').filter((test) => textIn(test, 'status') === 'failed');
  const message = textIn(file, 'message');
  // A file that could not even be loaded has no test that failed.
  if (failed.length === 0) return message === '' ? [] : [line(name, 'the file as a whole', message)];
  return failed.map((test) => line(name, textIn(test, 'fullName'), String(valueIn(test, 'failureMessages'))));
}

/** Playwright: a file, or what a file groups. */
function failedInSuite(suite: object): string[] {
  const specs = objectsIn(suite, 'specs').filter((spec) => valueIn(spec, 'ok') === false);
  const own = specs.map((spec) => {
    const results = objectsIn(spec, 'tests').flatMap((test) => objectsIn(test, 'results'));
    const reasons = results.map((result) => textIn(valueIn(result, 'error'), 'message'));
    return line(textIn(suite, 'title'), textIn(spec, 'title'), reasons.join(' '));
  });
  return [...own, ...objectsIn(suite, 'suites').flatMap(failedInSuite)];
}

function line(where: string, which: string, why: string): string {
  const plain = stripVTControlCharacters(why).replace(/\s+/g, ' ').slice(0, MOST_LETTERS);
  return `✗ ${where.replace(`${process.cwd()}/`, '')} › ${which}: ${plain}`;
}

function valueIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textIn(value: unknown, name: string): string {
  const found = valueIn(value, name);
  return typeof found === 'string' ? found : '';
}

function objectsIn(value: unknown, name: string): object[] {
  const found: unknown = valueIn(value, name);
  return Array.isArray(found)
    ? found.filter((entry): entry is object => typeof entry === 'object' && entry !== null)
    : [];
}
