import {
  type Composition,
  findPerson,
  initials,
  layoutBoxes,
  type SourceFactsMap,
  sourceKind,
  sourcePerson,
} from '@streamus/studio';

/** Where everybody is in a picture, with their initials: what is shown where no painter runs. */
export function SceneGlyph({ composition }: { composition: Composition }) {
  const { programme, air } = composition;
  const sources: SourceFactsMap = new Map(
    air.stage.map((source) => [source, { present: true, hasVideo: true, aspect: 16 / 9 }]),
  );
  const { background } = air;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${programme.width} ${programme.height}`}
      className="absolute inset-0 h-full w-full bg-raised"
    >
      {background.kind === 'colour' && <rect width="100%" height="100%" fill={background.colour} />}
      {layoutBoxes({ composition, sources }).map((box) => {
        const person = findPerson(composition, sourcePerson(box.source));
        return (
          <g key={box.source}>
            <rect
              x={box.x}
              y={box.y}
              width={box.width}
              height={box.height}
              rx={box.radius}
              className="fill-hover stroke-edge"
              strokeWidth={programme.height / 90}
            />
            <text
              x={box.x + box.width / 2}
              y={box.y + box.height / 2}
              textAnchor="middle"
              dominantBaseline="central"
              fontSize={Math.min(box.width, box.height) / 3}
              className="fill-ink font-semibold"
            >
              {sourceKind(box.source) === 'screen' ? '▭' : initials(person?.name ?? '')}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
