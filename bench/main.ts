import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { benchCost } from './media/cost.ts';
import { benchRecovery } from './media/recovery.ts';
import { benchStreamsAtOnce } from './media/streams-at-once.ts';
import { benchPainter } from './painter/painter.ts';
import { benchPushers } from './pushers.ts';
import { type Row, table } from './row.ts';
import { benchStartUp } from './start-up.ts';
import { benchStudioCommands } from './studio-commands.ts';
import { benchStudioPages } from './studio-pages.ts';
import { benchStudioShow } from './studio-show.ts';
import { benchStudioTen } from './studio-ten.ts';

const benches: Readonly<Record<string, () => Promise<Row[]>>> = {
  'start-up': benchStartUp,
  'studio-show': benchStudioShow,
  'studio-commands': benchStudioCommands,
  'studio-pages': benchStudioPages,
  'studio-ten': benchStudioTen,
  'media-cost': benchCost,
  'media-streams-at-once': benchStreamsAtOnce,
  'media-recovery': benchRecovery,
  painter: benchPainter,
  pushers: benchPushers,
};

/** `media` names all benchmarks whose names begin with it. */
const isNamed = (bench: string, names: readonly string[]): boolean =>
  names.length === 0 || names.some((name) => bench === name || bench.startsWith(`${name}-`));

/** Runs the benchmarks named in `names` (all without names), prints a table of each and writes bench/results/latest.json. */
async function runBenches(names: readonly string[]): Promise<number> {
  const wanted = Object.entries(benches).filter(([name]) => isNamed(name, names));
  if (wanted.length === 0) {
    console.log(`There is no such benchmark. The benchmarks: ${Object.keys(benches).join(', ')}.`);
    return 1;
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`;
  console.log(machine);
  const rows: Row[] = [];
  for (const [name, bench] of wanted) {
    console.log(`\nmeasuring ${name} …`);
    const measured = await bench();
    // At once: what the next benchmark does cannot lose it.
    console.log(table(measured));
    rows.push(...measured);
  }
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'latest.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  return 0;
}

process.exitCode = await runBenches(process.argv.slice(2));
