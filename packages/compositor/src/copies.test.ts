import { expect, test } from 'vitest';
import { createCopies } from './copies.ts';

function started() {
  const disposed: string[] = [];
  const made: string[] = [];
  const copies = createCopies<{ name: string }, string>((copy) => disposed.push(copy));
  const get = (bitmap: { name: string }) =>
    copies.get(bitmap, () => {
      made.push(bitmap.name);
      return bitmap.name;
    });
  return { copies, get, disposed, made };
}

test('a bitmap is copied once for as long as it is used', () => {
  const { copies, get, disposed, made } = started();
  const bitmap = { name: 'a' };
  for (let n = 0; n < 4; n += 1) {
    expect(get(bitmap)).toBe('a');
    expect(get(bitmap)).toBe('a');
    copies.sweep();
  }
  expect(made).toEqual(['a']);
  expect(disposed).toEqual([]);
});

test('a copy not used between two sweeps is disposed of once', () => {
  const { copies, get, disposed } = started();
  const [kept, left] = [{ name: 'kept' }, { name: 'left' }];
  get(kept);
  get(left);
  copies.sweep();
  get(kept);
  copies.sweep();
  expect(disposed).toEqual(['left']);
  copies.close();
  expect(disposed).toEqual(['left', 'kept']);
  copies.close();
  expect(disposed).toHaveLength(2);
});
