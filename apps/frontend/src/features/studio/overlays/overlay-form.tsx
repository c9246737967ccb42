'use client';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftPicture } from './draft-picture.tsx';
import { checkDraft, type Draft, type DraftProblem } from './overlay-draft.ts';
import { OverlayFields } from './overlay-fields.tsx';

export interface OverlayFormProps {
  readonly draft: Draft;
  readonly onWrite: (draft: Draft) => void;
  /** Called with a draft that is good. */
  readonly onSave: () => void;
  readonly failure: string | null;
  /** The buttons; `guard` runs an action only when every field is good, else says what is not. */
  readonly actions: (guard: (action: () => void) => void) => ReactNode;
}

/** The fields of one overlay, how it will look, and what is not right yet. */
export function OverlayForm({ draft, onWrite, onSave, failure, actions }: OverlayFormProps) {
  const { t } = useTranslation('overlays');
  const form = useRef<HTMLFormElement>(null);
  /** Empty fields are not blamed before one tries; a text that is too long is, at once. */
  const [tried, setTried] = useState(false);
  const checked = checkDraft(draft);
  const problems = 'problems' in checked ? checked.problems : {};

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input:not([type="file"]), textarea')?.focus();
  }, []);

  function guard(action: () => void) {
    if ('overlay' in checked) {
      action();
      return;
    }
    setTried(true);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }

  function wordsFor(problem: DraftProblem | undefined): string | null {
    if (problem === undefined || (!tried && problem.kind !== 'long' && problem.kind !== 'area')) return null;
    return problem.kind === 'long' ? t('problem.long', { max: problem.max }) : t(`problem.${problem.kind}`);
  }

  return (
    <form
      ref={form}
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        guard(onSave);
      }}
    >
      <OverlayFields draft={draft} onWrite={onWrite} problem={(field) => wordsFor(problems[field])} />
      {failure !== null && (
        <p role="alert" className="flex items-start gap-1.5 text-live-ink text-xs">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {failure}
        </p>
      )}
      <div className="flex flex-wrap gap-2">{actions(guard)}</div>
      {'overlay' in checked && <DraftPicture overlay={checked.overlay} />}
    </form>
  );
}
