import { fake } from '../../../packages/testkit/src/fake.ts';
export const real = fake;
