import { cn } from './cn.ts';

/** Fills with 4.5:1 under white text; a name always gets the same one. */
const fills = ['#3f5ff0', '#0f766e', '#9333ea', '#b4235a', '#8a4b08', '#1d6fa5', '#4d7c0f', '#6d28d9'];

/** First letters of the first and last word, whole code points. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = [...(words[0] ?? '')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

export function avatarFill(name: string): string {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return fills[hash % fills.length] ?? '#3f5ff0';
}

export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      style={{ backgroundColor: avatarFill(name) }}
      className={cn(
        'inline-flex size-8 shrink-0 select-none items-center justify-center rounded-full font-semibold text-white text-xs',
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
