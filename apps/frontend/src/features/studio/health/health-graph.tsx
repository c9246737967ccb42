'use client';
import type { HealthPoint } from '@streamus/client';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type uPlot from 'uplot';
import { useStudio } from '../session-context.tsx';
import 'uplot/dist/uPlot.min.css';

const HEIGHT = 120;
/** One colour per line, told apart by lightness too; the programme comes first. */
const COLOURS = ['#93a9ff', '#57d98c', '#f5bd4f', '#ff8b92', '#6cd4e6', '#d8b4fe', '#c3cad6'] as const;

interface Line {
  readonly id: string;
  readonly name: string;
  readonly value: (point: HealthPoint) => number | null;
}

/** The data rates of the last ten minutes: what comes in, and what every destination takes. */
export function HealthGraph() {
  const { t } = useTranslation('studio');
  const history = useStudio((view) => view.healthHistory);
  const outputs = useStudio((view) => view.outputs);
  const lines: readonly Line[] = [
    { id: 'programme', name: t('health.programme'), value: ({ bitrate }) => bitrate / 1e6 },
    ...outputs.map(
      ({ id, name, platform }): Line => ({
        id,
        name: platform === 'watch' ? t('output.watch') : name,
        value: (point) => megabits(point.outputs[id]),
      }),
    ),
  ];
  const latest = history.at(-1);
  return (
    <figure className="flex flex-col gap-2">
      <Chart
        key={lines.map(({ id }) => id).join()}
        lines={lines}
        history={history}
        label={t('health.graph', {
          values: lines
            .map(
              ({ name, value }) => `${name} ${(latest === undefined ? 0 : (value(latest) ?? 0)).toFixed(1)}`,
            )
            .join(', '),
        })}
      />
      <figcaption className="flex flex-wrap gap-x-3 gap-y-1 text-muted text-xs">
        <span className="w-full">{t('health.graphTitle')}</span>
        {lines.map(({ id, name }, index) => (
          <span key={id} className="flex min-w-0 items-center gap-1.5">
            <svg aria-hidden viewBox="0 0 16 4" className="h-1 w-4 shrink-0">
              <rect width="16" height="4" rx="2" fill={COLOURS[index % COLOURS.length]} />
            </svg>
            <span className="truncate">{name}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

const megabits = (bits: number | undefined): number | null => (bits === undefined ? null : bits / 1e6);

function Chart(props: { lines: readonly Line[]; history: readonly HealthPoint[]; label: string }) {
  const { lines, history, label } = props;
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const data = useRef<uPlot.AlignedData>([[]]);
  data.current = [
    history.map(({ at }) => at / 1000),
    ...lines.map(({ value }) => history.map((point) => value(point))),
  ];

  const count = lines.length;
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let gone = false;
    const resize = new ResizeObserver(() => {
      chart.current?.setSize({ width: element.clientWidth, height: HEIGHT });
    });
    // Loaded when somebody looks at it: the studio opens without.
    void import('uplot').then(({ default: Plot }) => {
      if (gone) return;
      chart.current = new Plot(options(element.clientWidth, count), data.current, element);
      resize.observe(element);
    });
    return () => {
      gone = true;
      resize.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [count]);

  useEffect(() => {
    if (history.length > 0) chart.current?.setData(data.current);
  }, [history]);

  return <div ref={place} role="img" aria-label={label} style={{ height: HEIGHT }} />;
}

function options(width: number, count: number): uPlot.Options {
  const ink = 'rgb(161 171 189)';
  const grid = { stroke: 'rgb(161 171 189 / 0.15)', width: 1 };
  return {
    width,
    height: HEIGHT,
    cursor: { show: false },
    legend: { show: false },
    scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [
      { stroke: ink, grid, ticks: { show: false }, size: 22, font: '11px system-ui', space: 70 },
      { stroke: ink, grid, ticks: { show: false }, size: 32, font: '11px system-ui' },
    ],
    series: [
      {},
      ...Array.from({ length: count }, (_, index) => ({
        stroke: COLOURS[index % COLOURS.length] ?? ink,
        width: 1.5,
        points: { show: false },
      })),
    ],
  };
}
