import {
  type Area,
  assetIdSchema,
  type Corner,
  type Overlay,
  type OverlayChange,
  type OverlayId,
  type OverlayKind,
  overlayChangeSchema,
  overlaySchema,
  type Programme,
  qrCodeSize,
  WHOLE,
} from '@streamus/studio';
import { z } from 'zod';

/** In the order in which they are offered: what a first show needs comes first. */
export const overlayKinds: readonly OverlayKind[] = [
  'banner',
  'lower-third',
  'ticker',
  'countdown',
  'qr-code',
  'image',
  'clock',
];

/** An overlay as it is being written: of the right shape, its texts not yet good. */
export type Draft = Overlay;
export type Of<K extends OverlayKind> = Extract<Overlay, { kind: K }>;

/** Why a field is not good, for the words beside it. */
export type DraftProblem =
  | { readonly kind: 'empty' | 'address' | 'area' | 'time' | 'wrong' }
  | { readonly kind: 'long'; readonly max: number };
export type DraftProblems = Readonly<Partial<Record<string, DraftProblem>>>;

/** Room between an image in a corner and the edge, and its size, in ten-thousandths. */
const EDGE = 350;
const CORNER_SIZE = 3000;

const MINUTE_MS = 60_000;

export interface DraftFacts {
  readonly id: OverlayId;
  /** Of the person who makes it. */
  readonly timeZone: string;
}

/** A new overlay with what is most often wanted. */
export function newDraft(kind: OverlayKind, { id, timeZone }: DraftFacts): Draft {
  switch (kind) {
    case 'banner':
      return { id, kind, text: '', style: 'solid' };
    case 'ticker':
      return { id, kind, text: '', speed: 'normal' };
    case 'lower-third':
      return { id, kind, title: '', subtitle: '', animation: 'slide' };
    case 'countdown':
      return {
        id,
        kind,
        title: '',
        end: { kind: 'duration', durationMs: 5 * MINUTE_MS, startedAt: null },
        atZero: 'stay',
      };
    case 'clock':
      return { id, kind, timeZone, format: '24-hours' };
    case 'qr-code':
      return { id, kind, url: '', corner: 'bottom-right', caption: '' };
    case 'image':
      // Filled by the choice of an image; until then the form has nothing to save.
      return { id, kind, name: '', asset: NO_ASSET, box: cornerArea('top-right'), opacity: 100 };
  }
}

/** Stands for the image that is not chosen yet; no image has it. */
export const NO_ASSET = assetIdSchema.parse('00000000-0000-4000-8000-000000000000');

/** A good size of an image in a corner. */
export function cornerArea(corner: Corner): Area {
  const far = WHOLE - EDGE - CORNER_SIZE;
  return {
    x: corner === 'top-left' || corner === 'bottom-left' ? EDGE : far,
    y: corner === 'top-left' || corner === 'top-right' ? EDGE : far,
    width: CORNER_SIZE,
    height: CORNER_SIZE,
  };
}

export const WHOLE_AREA: Area = { x: 0, y: 0, width: WHOLE, height: WHOLE };

/** The draft as it would be saved, or what is wrong by field. */
export function checkDraft(draft: Draft): { overlay: Overlay } | { problems: DraftProblems } {
  const parsed = overlaySchema.safeParse(readyText(draft));
  const missing: Record<string, DraftProblem> =
    draft.kind === 'image' && draft.asset === NO_ASSET ? { asset: { kind: 'empty' } } : {};
  if (parsed.success) return 'asset' in missing ? { problems: missing } : { overlay: parsed.data };
  const problems = { ...missing };
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? '');
    problems[field] ??= problemOf(field, issue);
  }
  return { problems };
}

function problemOf(field: string, issue: z.core.$ZodIssue): DraftProblem {
  if (field === 'box') return { kind: 'area' };
  if (field === 'end') return { kind: 'time' };
  if (issue.code === 'too_big' && issue.origin === 'string')
    return { kind: 'long', max: Number(issue.maximum) };
  if (issue.code === 'too_small' && issue.origin === 'string') return { kind: 'empty' };
  if (field === 'url') return { kind: 'address' };
  return { kind: 'wrong' };
}

/** Lines of a ticker run one after another; an address may be given without its beginning. */
function readyText(draft: Draft): Draft {
  if (draft.kind === 'ticker') {
    const lines = draft.text.split('\n').map((line) => line.trim());
    return { ...draft, text: lines.filter((line) => line !== '').join(' • ') };
  }
  if (draft.kind === 'qr-code') {
    const url = draft.url.trim();
    const bare = /^[^\s/:]+\.[^\s/:]{2,}(:\d+)?([/?#]\S*)?$/.test(url);
    return { ...draft, url: bare ? `https://${url}` : url };
  }
  return draft;
}

/** Whoever writes a countdown's text neither starts it nor sets it back: it runs on as it does now. */
export function keepRunning(before: Overlay, after: Overlay): Overlay {
  if (before.kind !== 'countdown' || after.kind !== 'countdown') return after;
  if (before.end.kind !== 'duration' || after.end.kind !== 'duration') return after;
  return { ...after, end: { ...after.end, startedAt: before.end.startedAt } };
}

/** What is to be said about a code's size before it is saved. */
export function qrCodeRemark(draft: Of<'qr-code'>, programme: Programme): 'large' | 'unreadable' | null {
  const overlay = readyText(draft);
  if (overlay.kind !== 'qr-code' || overlay.url === '') return null;
  const { large, readable } = qrCodeSize(overlay.url, programme);
  if (!readable) return 'unreadable';
  return large ? 'large' : null;
}

/** What differs between two states of an overlay, as a command wants it; null: nothing. */
export function changeOf(before: Overlay, after: Overlay): OverlayChange | null {
  const was = new Map<string, unknown>(Object.entries(before));
  const fields = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(was.get(name)) !== JSON.stringify(value),
  );
  if (fields.length === 0) return null;
  return overlayChangeSchema.parse({ kind: after.kind, ...Object.fromEntries(fields) });
}

/** What stands for the overlay in lists. */
export function overlayTitle(overlay: Overlay): string {
  switch (overlay.kind) {
    case 'banner':
    case 'ticker':
      return overlay.text;
    case 'lower-third':
      return overlay.title;
    case 'countdown':
      return overlay.title;
    case 'clock':
      return overlay.timeZone.replaceAll('_', ' ');
    case 'qr-code':
      return overlay.caption || overlay.url.replace(/^https?:\/\//, '');
    case 'image':
      return overlay.name;
  }
}

/** What an earlier visit left, when it has the shape of an overlay; its texts may be bad. */
export const draftSchema = z.custom<Draft>((value) => {
  const parsed = overlaySchema.safeParse(value);
  if (parsed.success) return true;
  return parsed.error.issues.every(
    ({ code }) =>
      code === 'too_big' || code === 'too_small' || code === 'invalid_format' || code === 'custom',
  );
});
