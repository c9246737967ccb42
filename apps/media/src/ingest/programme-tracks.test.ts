import { expect, test } from 'vitest';
import { chooseProgramme, composerEpoch } from './programme-tracks.ts';

const programme = (sid: string) => [
  { sid: `${sid}-v`, name: 'program-video', kind: 'video' as const },
  { sid: `${sid}-a`, name: 'program-audio', kind: 'audio' as const },
];

test('only identities the backend signs count as composers', () => {
  expect(composerEpoch('composer:12')).toBe(12);
  for (const identity of ['person:composer:1', 'composer:', 'composer:1x', 'composer:-1', 'xcomposer:1']) {
    expect(composerEpoch(identity)).toBeUndefined();
  }
});

test('the newest composer wins, and an older one never comes back', () => {
  const old = { identity: 'composer:1', gone: false, tracks: programme('old') };
  const next = { identity: 'composer:2', gone: false, tracks: programme('new') };
  const stranger = { identity: 'person:x', gone: false, tracks: programme('evil') };
  expect(chooseProgramme([stranger], 0)).toEqual({ epoch: 0, video: undefined, audio: undefined });
  expect(chooseProgramme([next, old, stranger], 0)).toEqual({ epoch: 2, video: 'new-v', audio: 'new-a' });
  expect(chooseProgramme([old], 2)).toEqual({ epoch: 2, video: undefined, audio: undefined });
});

test('a newer composer counts from its picture on; one that is followed may publish it anew', () => {
  const old = { identity: 'composer:1', gone: false, tracks: programme('old') };
  const [, audio] = programme('new');
  const next = { identity: 'composer:2', gone: false, tracks: audio === undefined ? [] : [audio] };
  expect(chooseProgramme([old, next], 1)).toEqual({ epoch: 1, video: 'old-v', audio: 'old-a' });
  expect(chooseProgramme([old, next], 2)).toEqual({ epoch: 2, video: undefined, audio: 'new-a' });
});

test('names and kinds must both fit, the newest publication of a track wins', () => {
  const tracks = [
    { sid: '1', name: 'program-video', kind: 'audio' as const },
    { sid: '2', name: 'camera', kind: 'video' as const },
    ...programme('first'),
    ...programme('second'),
  ];
  expect(chooseProgramme([{ identity: 'composer:3', gone: false, tracks }], 0)).toMatchObject({
    video: 'second-v',
    audio: 'second-a',
  });
});
