import { inspect } from 'node:util';

/** A value that must not reach logs, errors or process lists. Printing it in any way shows `[secret]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself; call this only where it is handed to what needs it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** Replaces every occurrence of the secrets in `text`, also in their URL-encoded form. */
export function redact(text: string, secrets: readonly Secret[]): string {
  let clean = text;
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value.length === 0) continue;
    clean = clean.replaceAll(value, '[secret]').replaceAll(encodeURIComponent(value), '[secret]');
  }
  return clean;
}
