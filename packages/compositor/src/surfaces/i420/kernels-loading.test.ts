import { expect, test } from 'vitest';
import { createKernels } from './kernels.ts';

const memory = () => new WebAssembly.Memory({ initial: 1, maximum: 1 });

test('code that does not compile is refused with its reason', async () => {
  await expect(createKernels(memory(), btoa('no module'))).rejects.toThrow(/magic|WebAssembly/i);
});

test('code that is not the kernels is refused', async () => {
  const empty = btoa('\0asm\u0001\0\0\0');
  await expect(createKernels(memory(), empty)).rejects.toThrow('not those of this painter');
});
