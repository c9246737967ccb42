import { expect, test } from 'vitest';
import { isEmail, isUsername, passwordProblem } from './account-rules.ts';

test('a password counts characters as people do and bytes as bcrypt does', () => {
  expect(passwordProblem('short')).toEqual({ kind: 'short', missing: 5 });
  expect(passwordProblem('🦊🦊🦊🦊🦊')).toEqual({ kind: 'short', missing: 5 });
  expect(passwordProblem('correct horse')).toBeNull();
  expect(passwordProblem('ü'.repeat(37))).toEqual({ kind: 'long' });
});

test('e-mail and username are judged by the contract', () => {
  expect(isEmail('ana@example.org')).toBe(true);
  expect(isEmail('ana@')).toBe(false);
  expect(isUsername('ana.m')).toBe(true);
  expect(isUsername('a b')).toBe(false);
});
