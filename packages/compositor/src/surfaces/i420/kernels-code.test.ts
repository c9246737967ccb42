import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const PACKAGE = join(import.meta.dirname, '..', '..', '..');
const CODE = join(import.meta.dirname, 'kernels-code.ts');
const UPDATE = process.env.UPDATE_KERNELS === '1';
/** Vectors pass between the kernels' own functions only. */
const VECTORS_ACROSS_BORDERS = '112';

async function compiled(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-kernels-'));
  const file = join(folder, 'kernels.wasm');
  try {
    const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory'];
    const quiet = ['--use', 'abort=', '--disableWarning', VECTORS_ACROSS_BORDERS];
    const asc = join(PACKAGE, 'node_modules', '.bin', 'asc');
    await promisify(execFile)(asc, ['kernels/index.ts', ...options, ...quiet, '--outFile', file], {
      cwd: PACKAGE,
    });
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('the committed kernels are those that the sources compile to', { timeout: 60_000 }, async () => {
  const base64 = (await compiled()).toString('base64');
  const module = `/** \`kernels/\`, compiled: \`UPDATE_KERNELS=1 pnpm unit kernels-code\` writes this file. */\nexport const KERNELS =\n  '${base64}';\n`;
  if (UPDATE) await writeFile(CODE, module);
  expect(await readFile(CODE, 'utf8')).toBe(module);
});
