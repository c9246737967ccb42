import type { ServeSprites } from './serve-sprites.ts';

export interface SpriteWorker {
  /** For the painter, whose worker it is beside. */
  readonly port: MessagePort;
  close(): void;
}

/** @param onLost it makes nothing any more, or never did */
export function startSpriteWorker(onLost: () => void): SpriteWorker {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL('../sprite-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('error', onLost);
  const message: ServeSprites = { port: port1, origin: location.origin };
  worker.postMessage(message, [port1]);
  return { port: port2, close: () => worker.terminate() };
}
