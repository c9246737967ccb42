import { createEngine } from './engine.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

const engine = createEngine((message: FromWorker, transfer = []) =>
  self.postMessage(message, { transfer: [...transfer] }),
);

self.addEventListener('message', (event: MessageEvent<ToWorker>) => engine.handle(event.data));
