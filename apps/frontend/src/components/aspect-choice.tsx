'use client';
import { type Aspect, aspectSchema } from '@streamus/studio';
import { cn } from '@streamus/ui';
import { useTranslation } from 'react-i18next';

const WORDS = { '16:9': 'wide', '9:16': 'upright', '1:1': 'square' } as const;
const SIZES: Readonly<Record<Aspect, string>> = {
  '16:9': 'aspect-video w-full',
  '9:16': 'aspect-[9/16] h-full',
  '1:1': 'aspect-square h-full',
};

/** The shapes a programme can have. */
export function AspectChoice(props: {
  readonly value: Aspect;
  /** It stays as it is. */
  readonly locked?: boolean;
  readonly onChoose: (aspect: Aspect) => void;
}) {
  const { t } = useTranslation('common');
  return (
    <fieldset aria-label={t('aspect.title')} className="grid grid-cols-3 gap-2">
      {aspectSchema.options.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === props.value}
          disabled={props.locked && one !== props.value}
          onClick={() => {
            if (one !== props.value) props.onChoose(one);
          }}
          className={cn(
            'touch-target flex h-20 flex-col items-center justify-center gap-2 rounded-lg border text-xs hover:bg-raised disabled:cursor-not-allowed disabled:opacity-50',
            one === props.value && 'border-accent-ink bg-accent-soft text-accent-ink',
          )}
        >
          <AspectShape aspect={one} large />
          {t(`aspect.${WORDS[one]}`)}
        </button>
      ))}
    </fieldset>
  );
}

export function AspectShape({ aspect, large }: { aspect: Aspect; large?: boolean }) {
  return (
    <span aria-hidden className={cn('flex items-center justify-center', large ? 'h-8 w-12' : 'h-4 w-5')}>
      <span className={cn('rounded-[3px] border-2 border-current', SIZES[aspect])} />
    </span>
  );
}
