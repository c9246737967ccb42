import { createEngine } from './engine.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

const engine = createEngine((message: FromWorker) => self.postMessage(message));

self.addEventListener('message', (event: MessageEvent<ToWorker>) => engine.handle(event.data));
