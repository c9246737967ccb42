import type { PersonView } from '@streamus/client';
import { personIdSchema, sourceId } from '@streamus/studio';
import { expect, test } from 'vitest';
import { studioCards } from './cards.ts';

const id = (n: number) => personIdSchema.parse(`00000000-0000-4000-8000-00000000000${n}`);
const person = (n: number, over: Partial<PersonView> = {}): PersonView => ({
  id: id(n),
  name: `Person ${n}`,
  role: 'guest',
  you: false,
  connected: true,
  microphoneOn: true,
  cameraOn: true,
  screenOn: false,
  speaking: false,
  level: 0,
  onStage: false,
  screenOnStage: false,
  onAir: false,
  screenOnAir: false,
  quality: 'good',
  frozen: false,
  ...over,
});

test('stage order first, then oneself, then the others; a shared screen is a card of its own', () => {
  const people = [person(1), person(2, { screenOn: true }), person(3, { you: true }), person(4)];
  const stage = [sourceId('screen', id(2)), sourceId('camera', id(4))];
  expect(studioCards(stage, people).map((card) => [card.source, card.onStage])).toEqual([
    [sourceId('screen', id(2)), true],
    [sourceId('camera', id(4)), true],
    [sourceId('camera', id(3)), false],
    [sourceId('camera', id(1)), false],
    [sourceId('camera', id(2)), false],
  ]);
});

test('somebody who lost the connection keeps the card on stage, not backstage', () => {
  const people = [person(1, { connected: false }), person(2, { connected: false })];
  expect(studioCards([sourceId('camera', id(1))], people)).toHaveLength(1);
});
