import { sourceId } from '@streamus/studio';
import { describe, expect, test } from 'vitest';
import {
  composing,
  framesBetween,
  loudestSent,
  onStage,
  readProgramme,
  type Seen,
  sentVideo,
  shows,
  until,
  view,
} from './observe.ts';
import { GUEST_COLOUR, HOST_COLOUR, PROGRAMME, useStudioSuite } from './studio-suite.ts';

const suite = useStudioSuite();

describe('the composer in Chromium with a real room', () => {
  test('composes, publishes H.264 of one size, and a guest sees both people advance', async () => {
    const host = await suite.host();
    await composing(host);
    await onStage(host, suite.server.host);
    await until(
      'host alone',
      () => readProgramme(host, [suite.server.host]),
      (seen) => shows(seen, [HOST_COLOUR]),
    );

    const guest = await suite.guest('ann');
    const ann = suite.server.guest('ann');
    await onStage(host, ann);
    const people = [suite.server.host, ann];
    const both = (seen: Seen) => shows(seen, [HOST_COLOUR, GUEST_COLOUR]);
    const first = await until('both seen by the guest', () => readProgramme(guest, people), both);
    expect(first).toMatchObject({ width: PROGRAMME.width, height: PROGRAMME.height });
    await until(
      'both advance',
      () => readProgramme(guest, people),
      (seen) => both(seen) && seen.people.every((_, index) => framesBetween(first, seen, index) > 10),
    );
    const sent = await sentVideo(host, PROGRAMME.width);
    expect(sent.map(({ codec }) => codec)).toContain('video/H264');
    expect((await view(host)).people.every(({ connected, cameraOn }) => connected && cameraOn)).toBe(true);
  }, 90_000);

  test('the programme carries the sound of people on stage only', async () => {
    const host = await suite.host();
    await composing(host);
    await host.evaluate(() => window.session.setMicrophone(false));
    await suite.guest('ann');
    const ann = suite.server.guest('ann');
    await until(
      'the guest is heard by the host',
      () => view(host),
      ({ people }) => people.some(({ id, microphoneOn }) => id === ann && microphoneOn),
    );
    const loudest = () => loudestSent(host, 1500);
    expect(await loudest()).toBeLessThan(0.01);
    await onStage(host, ann);
    await until('sound of the guest', loudest, (level) => level > 0.1);
    const source = sourceId('camera', ann);
    await host.evaluate((given) => window.session.command({ type: 'put-backstage', source: given }), source);
    await until('silence again', loudest, (level) => level < 0.01);
  }, 90_000);

  test('a programme of another size is published anew', async () => {
    const host = await suite.host();
    await composing(host);
    await onStage(host, suite.server.host);
    const guest = await suite.guest('ann');
    const people = [suite.server.host];
    const seenBy = (seen: Seen) => shows(seen, [HOST_COLOUR]);
    await until('programme', () => readProgramme(guest, people), seenBy);
    const programme = { width: 480, height: 270, fps: 10, videoBitrate: 500_000 };
    await host.evaluate(
      (shape) => window.session.command({ type: 'set-programme', programme: shape }),
      programme,
    );
    await until(
      'the new size',
      () => readProgramme(guest, people),
      (seen) => seen.width === 480 && seen.height === 270 && seenBy(seen),
    );
  }, 90_000);

  test('a room server that dies and returns gets everything back', async () => {
    const host = await suite.host();
    await composing(host);
    const guest = await suite.guest('ann');
    const ann = suite.server.guest('ann');
    await onStage(host, suite.server.host);
    await onStage(host, ann);
    const people = [suite.server.host, ann];
    const both = (seen: Seen) => shows(seen, [HOST_COLOUR, GUEST_COLOUR]);
    await until('programme', () => readProgramme(guest, people), both);
    await suite.livekit.kill();
    await until(
      'the room is gone',
      () => view(host),
      ({ room }) => room !== 'connected',
    );
    await suite.livekit.start();
    // All cameras count the frames of one clock: the host's own picture tells what time it is now.
    const now = await until(
      'the host’s own picture',
      () => readProgramme(host, people),
      (seen) => seen.people[0]?.counter != null,
    );
    await until(
      'the programme with both after the restart',
      () => readProgramme(guest, people),
      (seen) => both(seen) && framesBetween(now, seen, 1, 0) > 15,
      60_000,
    );
  }, 150_000);

  test('a second tab says who composes, takes over, and the first one gives way', async () => {
    const first = await suite.host();
    await composing(first);
    const guest = await suite.guest('ann');
    await onStage(first, suite.server.guest('ann'));
    const people = [suite.server.guest('ann')];
    await until(
      'programme',
      () => readProgramme(guest, people),
      (seen) => shows(seen, [GUEST_COLOUR]),
    );
    const second = await suite.host({ context: first.context() });
    await until(
      'elsewhere',
      () => view(second),
      ({ composer }) => composer.kind === 'elsewhere',
    );
    expect((await view(second)).composer).toEqual({ kind: 'elsewhere', holder: 'The Host' });
    expect(await second.evaluate(() => window.session.takeOver())).toEqual({ ok: true });
    await composing(second);
    await until(
      'gave way',
      () => view(first),
      ({ composer }) => composer.kind === 'elsewhere',
    );
    expect(suite.server.epoch).toBe(2);
    const before = await until(
      'programme again',
      () => readProgramme(guest, people),
      (seen) => shows(seen, [GUEST_COLOUR]),
    );
    await until(
      'programme goes on',
      () => readProgramme(guest, people),
      (seen) => shows(seen, [GUEST_COLOUR]) && framesBetween(before, seen) > 30,
    );
  }, 90_000);

  test('a lost backend leaves the programme alone; a reload brings it back', async () => {
    const host = await suite.host();
    await composing(host);
    await onStage(host, suite.server.host);
    const guest = await suite.guest('ann');
    const people = [suite.server.host];
    await until(
      'programme',
      () => readProgramme(guest, people),
      (seen) => shows(seen, [HOST_COLOUR]),
    );
    suite.server.cutSockets();
    await until(
      'away',
      () => view(host),
      ({ connection }) => connection.kind === 'reconnecting',
    );
    await until(
      'back',
      () => view(host),
      ({ connection }) => connection.kind === 'open',
    );
    expect(await host.evaluate(() => window.session.command({ type: 'set-layout', layout: 'solo' }))).toEqual(
      { ok: true },
    );
    await composing(host);
    expect(suite.server.epoch).toBe(1);
    await host.reload();
    await host.evaluate(() => window.enter(null));
    await composing(host);
    const mark = await until(
      'the host’s own picture',
      () => readProgramme(host, people),
      (seen) => shows(seen, [HOST_COLOUR]),
    );
    await until(
      'programme after the reload',
      () => readProgramme(guest, people),
      (seen) => shows(seen, [HOST_COLOUR]) && framesBetween(mark, seen) > 0,
    );
    expect(suite.server.epoch).toBe(2);
  }, 120_000);
});
