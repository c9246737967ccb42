import { createLettering } from './sprites/lettering.ts';
import { type ServeSprites, serveSprites } from './sprites/serve-sprites.ts';

self.addEventListener('message', ({ data: { port, origin } }: MessageEvent<ServeSprites>) => {
  void serveSprites(port, createLettering(origin));
});
