import {
  type LayoutKind,
  layoutBoxes,
  newStudioDocument,
  personIdSchema,
  type SourceFactsMap,
  type SourceId,
  sourceId,
} from '@streamus/studio';

const WIDTH = 320;
const HEIGHT = 180;
const persons = [1, 2, 3, 4].map((n) => personIdSchema.parse(`00000000-0000-4000-8000-00000000000${n}`));
const cameras = persons.map((person) => sourceId('camera', person));
const screen = cameras
  .slice(0, 1)
  .flatMap(() => persons.slice(0, 1).map((person) => sourceId('screen', person)));

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

function boxesOf(layout: LayoutKind) {
  const stage = exampleStage(layout);
  const sources: SourceFactsMap = new Map(
    stage.map((source) => [source, { present: true, hasVideo: true, aspect: 16 / 9 }]),
  );
  const base = newStudioDocument({ width: WIDTH, height: HEIGHT, fps: 30, videoBitrate: 1_000_000 });
  const { programme, people, onAir } = base;
  return layoutBoxes({ composition: { programme, people, air: { ...onAir, layout, stage } }, sources });
}

/** What a layout does, drawn by the layout function itself. */
export function LayoutGlyph({ layout }: { layout: LayoutKind }) {
  return (
    <svg aria-hidden="true" viewBox={`-8 -8 ${WIDTH + 16} ${HEIGHT + 16}`} className="h-5 w-8">
      <rect
        width={WIDTH}
        height={HEIGHT}
        rx="20"
        fill="none"
        stroke="currentColor"
        strokeWidth="16"
        opacity="0.5"
      />
      {boxesOf(layout).map((box, index) => {
        const inset = box.width >= WIDTH - 8 ? 32 : Math.min(12, box.height * 0.1);
        return (
          <rect
            key={box.source}
            x={box.x + inset}
            y={box.y + inset}
            width={Math.max(8, box.width - 2 * inset)}
            height={Math.max(8, box.height - 2 * inset)}
            rx="8"
            fill="currentColor"
            stroke={index > 0 && layout === 'picture-in-picture' ? 'var(--panel)' : 'none'}
            strokeWidth="14"
            opacity={box.source.startsWith('screen') ? 0.55 : 1}
          />
        );
      })}
    </svg>
  );
}
