import { avatarColour, initials } from '@streamus/studio';
import { cn } from '@streamus/ui';

/** Initials on a disc, as the programme shows a person without a camera. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      style={{ backgroundColor: avatarColour(name) }}
      className={cn(
        'inline-flex size-8 shrink-0 select-none items-center justify-center rounded-full font-semibold text-white text-xs',
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
