import { connectionIdSchema } from '@streamus/contracts';
import { newStudioDocument, personIdSchema, type StudioDocument, sourceId } from '@streamus/studio';
import { describe, expect, test } from 'vitest';
import { reconnectDelayMs } from './backoff.ts';
import { deviceProblem } from './device-problem.ts';
import { parseIdentity } from './identity.ts';
import { loudness, loudnessOf } from './level-meter.ts';
import { composerFeeds, keepUnchanged, mergeFeeds, peopleViews } from './people-view.ts';
import type { RoomPerson } from './room-person.ts';

const personNo = (n: number) => personIdSchema.parse(`00000000-0000-4000-8000-00000000000${n}`);
const ada = personNo(1);
const bob = personNo(2);
const cleo = personNo(3);

test('identities are read only in the shapes the backend signs', () => {
  expect(parseIdentity(`person:${ada}:c1`)).toEqual({ kind: 'person', person: ada, connection: 'c1' });
  expect(parseIdentity('composer:12')).toEqual({ kind: 'composer', epoch: 12 });
  for (const identity of [
    'composer:',
    'composer:1x',
    'person:somebody:c1',
    `person:${ada}`,
    'ingest:1',
    '',
  ]) {
    expect(parseIdentity(identity)).toBeNull();
  }
});

test('reconnection waits 0.25 s at first, 5 s at most, never the same for all', () => {
  expect(reconnectDelayMs(0, () => 1)).toBe(250);
  expect(reconnectDelayMs(0, () => 0)).toBe(125);
  expect(reconnectDelayMs(50, () => 1)).toBe(5000);
});

test.each([
  ['NotAllowedError', 'denied'],
  ['NotReadableError', 'busy'],
  ['NotFoundError', 'absent'],
  ['OverconstrainedError', 'absent'],
  ['NotSupportedError', 'unsupported'],
  ['SomethingElse', 'unknown'],
])('a capture that fails with %s is %s', (name, problem) => {
  expect(deviceProblem(new DOMException('no', name))).toBe(problem);
});

test('loudness runs from silence to full scale', () => {
  const tone = (level: number) =>
    Float32Array.from({ length: 2048 }, (_, index) => level * Math.SQRT2 * Math.sin(index / 5));
  expect(loudness(new Float32Array(2048))).toBe(0);
  expect(loudness(tone(1))).toBeCloseTo(1, 1);
  expect(loudness(tone(0.001))).toBeCloseTo(0, 1);
  expect(loudness(tone(0.03))).toBeCloseTo(0.5, 1);
  expect([0, 0.001, 0.03, 1].map((level) => Math.round(loudnessOf(level) * 10) / 10)).toEqual([0, 0, 0.5, 1]);
});

const track = (name: string) => ({ name }) as unknown as MediaStreamTrack;
const nobody: RoomPerson = {
  camera: null,
  cameraOn: false,
  microphone: null,
  microphoneOn: false,
  screen: null,
  screenOn: false,
  screenAudio: null,
  speaking: false,
  level: 0,
  quality: 'good',
};
const document: StudioDocument = {
  ...newStudioDocument(),
  people: {
    [ada]: { id: ada, name: 'Ada', role: 'host' },
    [bob]: { id: bob, name: 'Bob', role: 'guest' },
    [cleo]: { id: cleo, name: 'Cleo', role: 'guest' },
  },
  stage: [sourceId('camera', bob), sourceId('screen', ada)],
  onAir: { ...newStudioDocument().onAir, stage: [sourceId('camera', bob), sourceId('screen', ada)] },
};
const presence = [
  { person: ada, connections: [] },
  { person: bob, connections: [connectionIdSchema.parse('00000000-0000-4000-9000-000000000001')] },
];

describe('people', () => {
  test('are shown on stage first, then by name, with what the room knows', () => {
    const feeds = new Map([[bob, { ...nobody, microphoneOn: true, level: 0.4 }]]);
    const views = peopleViews({ document, presence, feeds, you: ada, frozen: [sourceId('camera', bob)] });
    expect(views.map(({ name }) => name)).toEqual(['Bob', 'Ada', 'Cleo']);
    expect(views[0]).toMatchObject({
      connected: true,
      microphoneOn: true,
      level: 0.4,
      onStage: true,
      frozen: true,
    });
    expect(views[1]).toMatchObject({
      you: true,
      connected: false,
      onStage: false,
      screenOnStage: true,
      frozen: false,
    });
  });

  test('that did not change stay the same objects', () => {
    const views = peopleViews({ document, presence, feeds: new Map(), you: ada, frozen: [] });
    expect(
      keepUnchanged(views, peopleViews({ document, presence, feeds: new Map(), you: ada, frozen: [] })),
    ).toBe(views);
    const feeds = new Map([[bob, { ...nobody, level: 0.2 }]]);
    const louder = keepUnchanged(views, peopleViews({ document, presence, feeds, you: ada, frozen: [] }));
    expect(louder[0]).not.toBe(views[0]);
    expect(louder[1]).toBe(views[1]);
  });

  test('in two tabs: the devices of this tab win', () => {
    const camera = track('here');
    const room = new Map([
      [ada, { ...nobody, camera: track('there'), screen: track('screen'), screenOn: true }],
    ]);
    const own = {
      person: ada,
      camera,
      cameraOn: true,
      microphone: null,
      microphoneOn: false,
      screen: null,
      screenAudio: null,
      speaking: false,
      level: 0,
      quality: 'good' as const,
    };
    expect(mergeFeeds(room, own).get(ada)).toMatchObject({ camera, screenOn: true });
  });

  test('are composed when here, and heard only when on stage', () => {
    const feeds = new Map([
      [
        ada,
        { ...nobody, microphone: track('ada'), screen: track('screen'), screenAudio: track('screen sound') },
      ],
      [bob, { ...nobody, camera: track('bob'), microphone: track('bob'), level: 0.4 }],
    ]);
    const { pictures, sounds, levels } = composerFeeds({ document, presence, feeds });
    expect([...pictures.keys()].sort()).toEqual(
      [sourceId('camera', ada), sourceId('screen', ada), sourceId('camera', bob)].sort(),
    );
    expect(pictures.get(sourceId('camera', ada))).toBeNull();
    expect([...sounds.keys()].sort()).toEqual([sourceId('camera', bob), sourceId('screen', ada)].sort());
    expect([...levels]).toEqual([[sourceId('camera', bob), 0.4]]);
  });
});
