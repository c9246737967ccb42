'use client';
import { Select } from '@streamus/ui';
import type { Draft } from './overlay-draft.ts';

export interface FieldsProps<D extends Draft> {
  readonly draft: D;
  readonly onWrite: (draft: D) => void;
  /** What is wrong with a field, in words. */
  readonly problem: (field: string) => string | null;
}

/** A choice among a few words of the catalogue. */
export function Choice<V extends string>(props: {
  label: string;
  value: V;
  options: readonly { readonly value: V; readonly label: string }[];
  onChange: (value: V) => void;
}) {
  const { options } = props;
  return (
    <Select
      label={props.label}
      placeholder={props.label}
      value={props.value}
      options={options}
      onChange={(next) => {
        const option = options.find(({ value }) => value === next);
        if (option !== undefined) props.onChange(option.value);
      }}
    />
  );
}
