import type { Action } from './action.ts';

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

/** Actions whose words contain every word asked for, those that begin with it first. */
export function searchActions(actions: readonly Action[], query: string): Action[] {
  const words = plain(query).split(/\s+/u).filter(Boolean);
  const [first = ''] = words;
  const found = actions.filter(({ name, held }) => {
    const text = plain(name);
    return !held && words.every((word) => text.includes(word));
  });
  const begins = ({ name }: Action) => plain(name).startsWith(first);
  return [...found.filter(begins), ...found.filter((action) => !begins(action))];
}
