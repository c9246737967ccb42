import { networkInterfaces } from 'node:os';

/** The IP addresses of this machine's interfaces. */
export const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((list) => list?.map(({ address }) => address) ?? []);
