'use client';
import { cn } from '@streamus/ui';
import { useThrottled } from './use-throttled.ts';

/** Commands a colour picker gives at most: five a second of the twenty a tab may. */
const PICK_MS = 200;

export interface ColourChoiceProps {
  readonly colours: readonly string[];
  /** Lower-case `#rrggbb`; null when no colour is in use. */
  readonly value: string | null;
  readonly nameOf: (colour: string) => string;
  readonly customLabel: string;
  readonly onChoose: (colour: string) => void;
}

/** A few good colours and one of one's own. */
export function ColourChoice({ colours, value, nameOf, customLabel, onChoose }: ColourChoiceProps) {
  const pick = useThrottled(onChoose, PICK_MS);
  const own = value !== null && !colours.includes(value);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {colours.map((colour) => (
        <button
          key={colour}
          type="button"
          aria-label={nameOf(colour)}
          aria-pressed={colour === value}
          style={{ backgroundColor: colour }}
          onClick={() => onChoose(colour)}
          className={cn(
            'size-8 rounded-full ring-1 ring-edge',
            colour === value && 'outline-2 outline-accent-ink outline-offset-2',
          )}
        />
      ))}
      <input
        type="color"
        aria-label={customLabel}
        title={customLabel}
        value={value ?? '#808080'}
        onChange={(event) => pick(event.target.value.toLowerCase())}
        className={cn(
          'h-8 w-11 cursor-pointer rounded-full border-0 bg-raised p-1.5',
          own && 'outline-2 outline-accent-ink outline-offset-2',
        )}
      />
    </div>
  );
}
