import type { Page } from '@playwright/test';
import { type SourceId, sourceId } from '@streamus/studio';
import { colourDistance, parseColour, readClock } from '@streamus/testkit/clock-pattern';
import { describe, expect, test } from 'vitest';
import {
  composing,
  heardBy,
  onStage,
  picture,
  readProgramme,
  receivedWidths,
  shows,
  until,
  view,
} from './observe.ts';
import { HOST_COLOUR, PROGRAMME, useStudioSuite } from './studio-suite.ts';

const suite = useStudioSuite();

describe('a studio session in Chromium with a real room', () => {
  test('a muted guest shows as muted and unmutes by themselves', async () => {
    const host = await suite.host();
    const guest = await suite.guest('ann');
    const ann = suite.server.guest('ann');
    const microphoneOf = (page: Page) =>
      view(page).then(({ people }) => people.find(({ id }) => id === ann)?.microphoneOn);
    await until(
      'sound on',
      () => microphoneOf(host),
      (on) => on === true,
    );
    await host.evaluate((person) => window.session.command({ type: 'mute-person', person }), ann);
    await until(
      'muted for all',
      () => microphoneOf(host),
      (on) => on === false,
    );
    await until(
      'muted for oneself',
      () => view(guest),
      ({ microphone }) => !microphone.on,
    );
    await guest.evaluate(() => window.session.setMicrophone(true));
    await until(
      'unmuted',
      () => microphoneOf(host),
      (on) => on === true,
    );
  }, 90_000);

  test('everyone hears everyone else directly, on stage or not', async () => {
    const host = await suite.host({ devices: { beepHz: 1000 } });
    const pages = [
      host,
      await suite.guest('ann', { beepHz: 1400 }),
      await suite.guest('bea', { beepHz: 1800 }),
    ];
    for (const page of pages) {
      await until(
        'both others are heard',
        () => heardBy(page),
        ({ sounding, playing }) => sounding === 2 && playing === 2,
      );
    }
    await pages[1]?.evaluate(() => window.session.close());
    await until(
      'whoever has gone is played no more',
      () => heardBy(host),
      ({ playing }) => playing === 1,
    );
  }, 90_000);

  test('a guest’s picture comes in the layer that fits the tile', async () => {
    const host = await suite.host({ devices: { width: 320, height: 180, fps: 5 } });
    await composing(host);
    await suite.guest('ann', { width: 1280, height: 720, fps: 10 });
    // The host first: theirs is the large picture.
    await onStage(host, suite.server.host);
    await onStage(host, suite.server.guest('ann'));
    const comes = (width: number) =>
      until(
        `a picture ${width} pixels wide comes`,
        () => receivedWidths(host),
        (widths) => widths.length === 1 && widths[0] === width,
        // A tab that was short of time asks for smaller pictures for ten seconds, and the next time for twenty.
        70_000,
      );
    const camera = sourceId('camera', suite.server.guest('ann'));
    const show = async (layout: 'picture-in-picture' | 'solo', spotlight: SourceId | null) => {
      for (const command of [
        { type: 'set-spotlight', source: spotlight },
        { type: 'set-layout', layout },
      ] as const)
        await host.evaluate((given) => window.session.command(given), command);
    };
    // On a programme of 640 pixels: in the corner of the host's picture, alone on it, and in the corner again.
    await show('picture-in-picture', null);
    await comes(320);
    await show('solo', camera);
    await comes(640);
    await show('picture-in-picture', null);
    await comes(320);
  }, 280_000);

  test('a shared screen is a source of its own and leaves with its track', async () => {
    const host = await suite.host();
    await composing(host);
    const guest = await suite.guest('ann');
    const ann = suite.server.guest('ann');
    await guest.evaluate(() => window.session.startScreen());
    expect((await view(guest)).screen).toEqual({ on: true, audio: true, problem: null });
    await until(
      'screen offered',
      () => view(host),
      ({ people }) => people.some(({ id, screenOn }) => id === ann && screenOn),
    );
    const screen = sourceId('screen', ann);
    await host.evaluate((source) => window.session.command({ type: 'put-on-stage', source }), screen);
    const whole = { x: 0, y: 0, width: PROGRAMME.width, height: PROGRAMME.height };
    const colour = async () => readClock(await picture(host), whole).colour;
    const alike = (seen: { r: number; g: number; b: number }) =>
      colourDistance(seen, parseColour('#6a6a2f')) < 60;
    await until('screen composed', colour, alike);
    await guest.evaluate(() => window.clockCamera.unplug('screen'));
    await until('screen gone', colour, (seen) => !alike(seen));
    expect((await view(guest)).screen.on).toBe(false);
  }, 90_000);

  test('devices that are denied or busy are told apart and keep nobody out', async () => {
    const host = await suite.host({ devices: { camera: 'denied', microphone: 'busy' } });
    const { camera, microphone } = await until(
      'both tried',
      () => view(host),
      ({ camera, microphone }) => camera.problem !== null && microphone.problem !== null,
    );
    expect(camera).toMatchObject({ on: false, starting: false, problem: 'denied' });
    expect(microphone).toMatchObject({ on: false, problem: 'busy' });
    await host.evaluate(() => window.clockCamera.setState('camera', 'works'));
    await host.evaluate(() => window.session.setCamera(true));
    expect((await view(host)).camera).toMatchObject({ on: true, problem: null });
  }, 60_000);

  test('an unplugged camera leaves the person with an avatar and a reason', async () => {
    const host = await suite.host();
    await composing(host);
    await onStage(host, suite.server.host);
    await until(
      'seen',
      () => readProgramme(host, [suite.server.host]),
      (seen) => shows(seen, [HOST_COLOUR]),
    );
    await host.evaluate(() => window.clockCamera.unplug('camera'));
    const { camera, people } = await until(
      'reason',
      () => view(host),
      ({ camera }) => camera.problem !== null,
    );
    expect(camera).toMatchObject({ on: false, problem: 'unplugged' });
    expect(people[0]).toMatchObject({ onStage: true, cameraOn: false });
    await until(
      'avatar',
      () => readProgramme(host, [suite.server.host]),
      (seen) => seen.people[0]?.counter === null,
    );
    await host.evaluate(() => window.session.setCamera(true));
    await until(
      'back',
      () => readProgramme(host, [suite.server.host]),
      (seen) => shows(seen, [HOST_COLOUR]),
    );
  }, 90_000);
});
