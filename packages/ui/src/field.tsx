'use client';
import { CircleAlert } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn.ts';

const box =
  'w-full rounded-lg border border-edge bg-panel px-3 text-sm text-ink transition-colors hover:border-muted focus-visible:border-accent aria-invalid:border-live-ink disabled:opacity-60';

interface FieldShell {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  /** The label is there for assistive technology only. */
  readonly quiet?: boolean;
  readonly className?: string;
}

function Shell(props: FieldShell & { id: string; children: ReactNode }) {
  const { label, hint, error, quiet, className, id, children } = props;
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className={quiet ? 'sr-only' : 'font-medium text-sm'}>
        {label}
      </label>
      {children}
      {hint !== undefined && !error && (
        <p id={`${id}-hint`} className="text-muted text-xs">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-live-ink text-xs">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}

function described(id: string, shell: FieldShell): string | undefined {
  if (shell.error) return `${id}-error`;
  return shell.hint === undefined ? undefined : `${id}-hint`;
}

export type TextFieldProps = FieldShell & Omit<ComponentProps<'input'>, keyof FieldShell | 'id'>;

export function TextField({ label, hint, error, quiet, className, ...input }: TextFieldProps) {
  const id = useId();
  const shell = { label, hint, error, ...(quiet ? { quiet } : {}), ...(className ? { className } : {}) };
  return (
    <Shell {...shell} id={id}>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, shell)}
        className={cn(box, 'touch-target h-10')}
        {...input}
      />
    </Shell>
  );
}

export type TextAreaProps = FieldShell & Omit<ComponentProps<'textarea'>, keyof FieldShell | 'id'>;

export function TextArea({ label, hint, error, quiet, className, ...input }: TextAreaProps) {
  const id = useId();
  const shell = { label, hint, error, ...(quiet ? { quiet } : {}), ...(className ? { className } : {}) };
  return (
    <Shell {...shell} id={id}>
      <textarea
        id={id}
        rows={3}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, shell)}
        className={cn(box, 'resize-y py-2')}
        {...input}
      />
    </Shell>
  );
}
