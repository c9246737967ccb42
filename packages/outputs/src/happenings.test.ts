import { type OutputId, outputIdSchema } from '@streamus/contracts';
import { expect, test } from 'vitest';
import { happenings, type OutputMoment, type StreamMoment } from './happenings.ts';

const id: OutputId = outputIdSchema.parse('00000000-0000-4000-8000-000000000001');
const quiet: StreamMoment['programme'] = {
  state: 'live',
  normalised: null,
  warnings: [],
  recordingAlarm: null,
};
const output = (change: Partial<OutputMoment>): OutputMoment => ({
  ...{ id, name: 'Church', state: 'live', reconnects: 0, errorCode: null },
  ...change,
});
const moment = (programme: Partial<StreamMoment['programme']>, ...outputs: OutputMoment[]): StreamMoment => ({
  programme: { ...quiet, ...programme },
  outputs,
});
const told = (before: StreamMoment | undefined, after: StreamMoment) =>
  happenings(before, after).map((happening) => happening.type);

test('H1: the first moment is told, idleness is not', () => {
  expect(told(undefined, moment({}, output({})))).toEqual(['programme-live', 'output-live']);
  expect(told(undefined, moment({ state: 'waiting' }, output({ state: 'connecting' })))).toEqual([]);
});

test('H2: live and slate are told', () => {
  expect(told(moment({}), moment({ state: 'slate' }))).toEqual(['slate-shown']);
  expect(told(moment({ state: 'slate' }), moment({}))).toEqual(['programme-live']);
});

test('H3: an output that fails is told with its name and why', () => {
  const failing = output({ state: 'backing-off', errorCode: 'target_refused' });
  expect(happenings(moment({}, output({})), moment({}, failing))).toEqual([
    { type: 'output-interrupted', output: id, name: 'Church', code: 'target_refused' },
  ]);
  expect(
    told(moment({}, failing), moment({}, output({ state: 'failed', errorCode: 'target_rejected' }))),
  ).toEqual(['output-failed']);
});

test('H4: degraded is told, its end is not', () => {
  expect(told(moment({}, output({})), moment({}, output({ state: 'degraded' })))).toEqual([
    'output-degraded',
  ]);
  expect(told(moment({}, output({ state: 'degraded' })), moment({}, output({})))).toEqual([]);
});

test('H5: a reconnection between two looks is told', () => {
  expect(happenings(moment({}, output({})), moment({}, output({ reconnects: 1 })))).toEqual([
    { type: 'output-live', output: id, name: 'Church', reconnected: true },
  ]);
});

test('H6: an output that is gone is told as stopped, once', () => {
  expect(told(moment({}, output({})), moment({}))).toEqual(['output-stopped']);
  expect(told(moment({}, output({ state: 'stopped' })), moment({}))).toEqual([]);
});

test('H7: warnings and alarms are told when they begin and end', () => {
  const troubled = moment({ warnings: ['black', 'silent'], recordingAlarm: 'disk_full' });
  expect(told(moment({}), troubled)).toEqual(['warning-began', 'warning-began', 'recording-alarm']);
  expect(told(troubled, moment({ warnings: ['black'] }))).toEqual(['warning-ended', 'recording-recovered']);
  expect(happenings(moment({}), moment({ normalised: 'programme_not_h264' }))).toEqual([
    { type: 'programme-normalised', code: 'programme_not_h264' },
  ]);
});

test('H8: nothing changed, nothing is told', () => {
  const same = moment({ warnings: ['black'], normalised: 'programme_damaged' }, output({ reconnects: 3 }));
  expect(happenings(same, same)).toEqual([]);
});

test('H9: a try that fails like the one before is not told again', () => {
  const failed = (errorCode: OutputMoment['errorCode']) =>
    moment({}, output({ state: 'backing-off', errorCode }));
  const again = (errorCode: OutputMoment['errorCode']) =>
    moment({}, output({ state: 'connecting', errorCode }));
  expect(told(again(null), failed('target_refused')), 'the first').toEqual(['output-interrupted']);
  expect(told(again('target_refused'), failed('target_refused'))).toEqual([]);
  expect(told(again('target_refused'), failed('target_closed'))).toEqual(['output-interrupted']);
  const live = moment({}, output({ errorCode: 'target_refused' }));
  expect(told(live, failed('target_refused')), 'after it was on air').toEqual(['output-interrupted']);
  const between = moment({}, output({ state: 'backing-off', errorCode: 'target_refused', reconnects: 1 }));
  expect(told(again('target_refused'), between), 'on air between two looks').toEqual(['output-interrupted']);
});
