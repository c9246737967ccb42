import { expect, test } from 'vitest';
import { refusalCode } from './refusal.ts';

const refused = (code: string, description = '', redirect: string | null = null) =>
  refusalCode({ code, description, redirect });

test.each([
  ['NetStream.Publish.BadName', 'Stream name is not valid', 'target_rejected'],
  ['NetStream.Publish.Denied', '', 'target_rejected'],
  ['NetConnection.Connect.Rejected', '[ AccessManager.Reject ] : [ code=403 ]', 'target_rejected'],
  ['NetConnection.Connect.InvalidApp', '', 'target_rejected'],
  ['', '', 'target_rejected'],
  ['NetStream.Publish.BadName', 'Already publishing', 'target_busy'],
  ['NetStream.Publish.BadName', 'Stream is already in use', 'target_busy'],
  ['NetConnection.Connect.AppShutdown', 'going down', 'target_closed'],
  ['NetStream.Publish.Idle', '', 'target_closed'],
] as const)('%s (%s) is %s', (code, description, expected) => {
  expect(refused(code, description)).toBe(expected);
});

test('a server that names another address redirects', () => {
  expect(refused('NetConnection.Connect.Rejected', '', 'rtmp://other.example/live')).toBe(
    'target_redirected',
  );
});
