import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { StudioAction } from './policy.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may call a route.
 * public: anybody; refresh: holder of a refresh cookie; account: a signed-in user (rows are looked up by owner);
 * studio: a member or guest of the studio named by the `studioId` parameter whose role allows `action`.
 */
export type RoutePolicy =
  | { readonly kind: 'public' }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'account' }
  | { readonly kind: 'studio'; readonly action: StudioAction };

/** At most `max` calls per `perSeconds`, counted per signed-in person, else per address. */
export interface RateLimit {
  readonly max: number;
  readonly perSeconds: number;
}

export type RouteBody =
  /** At most `maxBytes`; 64 KB when not given. */
  | { readonly kind: 'json'; readonly schema: z.ZodType; readonly maxBytes?: number }
  /** Raw bytes, at most `maxBytes`; the handler reads them as they come. */
  | { readonly kind: 'binary'; readonly maxBytes: number };

export type RouteResponse =
  | { readonly kind: 'json'; readonly schema: z.ZodType }
  | { readonly kind: 'empty' }
  /** A file with the given content type; range requests work. */
  | { readonly kind: 'file'; readonly contentType: string };

/** One API route as data: the backend serves it, clients call it, OpenAPI is written from it. */
export interface Route {
  readonly method: Method;
  /** Below /api/v1, parameters as `:name`. */
  readonly path: string;
  readonly summary: string;
  readonly policy: RoutePolicy;
  readonly limit: RateLimit;
  readonly params: z.ZodType | null;
  readonly query: z.ZodType | null;
  readonly body: RouteBody | null;
  readonly response: RouteResponse;
  readonly errors: readonly ErrorCode[];
}

export function defineRoute<const R extends Route>(route: R): R {
  return route;
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type Given<T> = T extends z.ZodType ? z.input<T> : undefined;

/** What a handler receives after validation. */
export interface RouteInput<R extends Route> {
  readonly params: Parsed<R['params']>;
  readonly query: Parsed<R['query']>;
  readonly body: R['body'] extends { kind: 'json'; schema: infer S }
    ? Parsed<S>
    : R['body'] extends { kind: 'binary' }
      ? AsyncIterable<Uint8Array>
      : undefined;
}

type Field<K extends string, T> = [T] extends [undefined]
  ? { readonly [P in K]?: undefined }
  : { readonly [P in K]: T };

/** What a caller passes. */
export type RouteCall<R extends Route> = Field<'params', Given<R['params']>> &
  Field<'query', Given<R['query']>> &
  Field<
    'body',
    R['body'] extends { kind: 'json'; schema: infer S }
      ? Given<S>
      : R['body'] extends { kind: 'binary' }
        ? Uint8Array<ArrayBuffer>
        : undefined
  >;

/** What a call resolves to. */
export type RouteResult<R extends Route> = R['response'] extends { kind: 'json'; schema: infer S }
  ? Parsed<S>
  : R['response'] extends { kind: 'file' }
    ? string
    : undefined;
