/** Loaded into every process of a soak: what is measured then is what they keep, not what waits to be collected. */
const EVERY_MS = 5_000;

setInterval(() => globalThis.gc?.(), EVERY_MS).unref();
