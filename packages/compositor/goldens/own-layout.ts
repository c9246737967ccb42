import { ownLayoutSchema } from '@streamus/studio';
import { personNo } from './scene.ts';

/** A picture over all, a disc and a round frame on it. */
export const ownLayout = ownLayoutSchema.parse({
  id: personNo(200),
  name: 'Discs',
  slots: [
    {
      id: personNo(201),
      box: { x: 0, y: 0, width: 10_000, height: 10_000 },
      holds: { kind: 'person', index: 0 },
      fit: 'cover',
      crop: { left: 0, top: 2500, right: 2500, bottom: 0 },
      radius: 0,
      border: null,
    },
    {
      id: personNo(202),
      box: { x: 6000, y: 4000, width: 3375, height: 5000 },
      holds: { kind: 'person', index: 1 },
      fit: 'cover',
      crop: { left: 0, top: 0, right: 0, bottom: 0 },
      radius: 5000,
      border: { width: 150, colour: '#ffd08a' },
    },
    {
      id: personNo(203),
      box: { x: 500, y: 5500, width: 3500, height: 3500 },
      holds: { kind: 'person', index: 2 },
      fit: 'contain',
      crop: { left: 0, top: 0, right: 5000, bottom: 0 },
      radius: 800,
      border: { width: 60, colour: '#ffffff' },
    },
  ],
});
