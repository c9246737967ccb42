import { newDataFolder, startProduct } from '@streamus/testkit/product';
import type { Row } from './row.ts';

/** Start-up with nothing in the data folder, and again. The code is installed and built before. */
export async function benchStartUp(): Promise<Row[]> {
  const dataFolder = await newDataFolder();
  const cold = await startProduct(dataFolder);
  await cold.stop();
  const warm = await startProduct(dataFolder);
  await warm.stop();
  await warm.forget();
  const bare = await bareNode();
  const reference = 'an empty Node process';
  return [
    {
      what: 'start-up, new data folder',
      value: cold.readyMs / 1000,
      unit: 's',
      goal: '–',
      reference,
      referenceValue: bare / 1000,
    },
    {
      what: 'start-up, second time',
      value: warm.readyMs / 1000,
      unit: 's',
      goal: '≤ 8 s',
      reference,
      referenceValue: bare / 1000,
    },
  ];
}

async function bareNode(): Promise<number> {
  const { spawn } = await import('node:child_process');
  const started = performance.now();
  await new Promise((resolve) => spawn(process.execPath, ['-e', '0']).once('exit', resolve));
  return performance.now() - started;
}
