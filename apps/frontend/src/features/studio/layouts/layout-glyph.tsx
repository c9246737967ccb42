import {
  type LayoutKind,
  layoutBoxes,
  newStudioDocument,
  type OwnLayout,
  personIdSchema,
  type Rect,
  type SourceFactsMap,
  type SourceId,
  sourceId,
  WHOLE,
} from '@streamus/studio';

/** Shorter side of a glyph's programme: large enough that rounding to even pixels does not show. */
const SIDE = 180;
const persons = [1, 2, 3, 4].map((n) => personIdSchema.parse(`00000000-0000-4000-8000-00000000000${n}`));
const cameras = persons.map((person) => sourceId('camera', person));
const screen = persons.slice(0, 1).map((person) => sourceId('screen', person));

interface GlyphBox extends Rect {
  readonly id: string;
  readonly faint: boolean;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function exampleStage(layout: LayoutKind): SourceId[] {
  switch (layout) {
    case 'solo':
      return cameras.slice(0, 1);
    case 'side-by-side':
    case 'picture-in-picture':
      return cameras.slice(0, 2);
    case 'grid':
    case 'leader':
      return cameras;
    case 'screen-people':
      return [...screen, ...cameras.slice(0, 3)];
    case 'screen-only':
      return screen;
  }
}

function boxesOf(layout: LayoutKind, { width, height }: Size): GlyphBox[] {
  const stage = exampleStage(layout);
  const sources: SourceFactsMap = new Map(
    stage.map((source) => [source, { present: true, hasVideo: true, aspect: 16 / 9 }]),
  );
  const base = newStudioDocument({ width, height, fps: 30, videoBitrate: 1_000_000 });
  const { programme, people, onAir } = base;
  const composition = { programme, people, air: { ...onAir, layout, stage } };
  return layoutBoxes({ composition, sources }).map((box) => ({
    ...box,
    id: box.source,
    faint: box.source.startsWith('screen'),
  }));
}

function slotsOf({ slots }: OwnLayout, { width, height }: Size): GlyphBox[] {
  return slots.map(({ id, box, holds }) => ({
    id,
    x: (box.x * width) / WHOLE,
    y: (box.y * height) / WHOLE,
    width: (box.width * width) / WHOLE,
    height: (box.height * height) / WHOLE,
    faint: holds.kind === 'screen',
  }));
}

export interface LayoutGlyphProps {
  readonly layout: LayoutKind | OwnLayout;
  /** Width / height of the programme. */
  readonly ratio?: number;
}

/** What a layout does, drawn by the layout function itself. */
export function LayoutGlyph({ layout, ratio = 16 / 9 }: LayoutGlyphProps) {
  const even = (length: number) => 2 * Math.round(length / 2);
  const size: Size = {
    width: even(SIDE * Math.max(1, ratio)),
    height: even(SIDE * Math.max(1, 1 / ratio)),
  };
  const boxes = typeof layout === 'string' ? boxesOf(layout, size) : slotsOf(layout, size);
  // Boxes that lie on others are told from them by a line in the colour of the ground.
  const layered = typeof layout !== 'string' || layout === 'picture-in-picture';
  return (
    <svg
      aria-hidden="true"
      viewBox={`-8 -8 ${size.width + 16} ${size.height + 16}`}
      className="h-5 w-8 shrink-0"
    >
      <rect
        width={size.width}
        height={size.height}
        rx="20"
        fill="none"
        stroke="currentColor"
        strokeWidth="16"
        opacity="0.5"
      />
      {boxes.map((box, index) => {
        const inset = box.width >= size.width - 8 ? 32 : Math.min(12, box.height * 0.1);
        return (
          <rect
            key={box.id}
            x={box.x + inset}
            y={box.y + inset}
            width={Math.max(8, box.width - 2 * inset)}
            height={Math.max(8, box.height - 2 * inset)}
            rx="8"
            fill="currentColor"
            stroke={index > 0 && layered ? 'var(--panel)' : 'none'}
            strokeWidth="14"
            opacity={box.faint ? 0.55 : 1}
          />
        );
      })}
    </svg>
  );
}
