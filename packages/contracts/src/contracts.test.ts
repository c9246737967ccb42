import { newStudioDocument, reduce, studioCommandSchema } from '@streamus/studio';
import { describe, expect, it } from 'vitest';
import {
  errorBody,
  errorCatalogue,
  errorCodeSchema,
  mayInStudio,
  openApiDocument,
  parseCommand,
  type Route,
  routes,
} from './index.ts';

const all: [string, Route][] = Object.entries(routes);
const studioCommandTypes = studioCommandSchema.options.flatMap(({ options }) =>
  options.map(({ shape }) => shape.type.value),
);

describe('routes', () => {
  it.each(all)('%s has a schema for everything that comes in, a policy and a rate limit', (_, route) => {
    const named = [...route.path.matchAll(/:([a-zA-Z]+)/g)].map((match) => match[1]);
    expect(route.params !== null, 'params schema').toBe(named.length > 0);
    if (['POST', 'PUT', 'PATCH'].includes(route.method) && route.body === null) {
      expect(route.path, 'a change without a body is an action').toMatch(
        /\/(refresh|logout|go-live|end|retry|restore)$/,
      );
    }
    expect(route.limit.max).toBeGreaterThan(0);
    expect(route.limit.perSeconds).toBeGreaterThan(0);
    if (route.policy.kind === 'studio') expect(named).toContain('studioId');
  });

  it('do not share a method and path', () => {
    const keys = all.map(([, route]) => `${route.method} ${route.path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the OpenAPI description', () => {
  const document = openApiDocument(routes, '1.2.3');

  it('describes every route, with its parameters, errors and sign-in', () => {
    const operations = Object.values(Object(document.paths)).flatMap((path) => Object.values(Object(path)));
    expect(operations).toHaveLength(all.length);
    expect(document.paths).toHaveProperty(['/api/v1/streams/{streamId}/go-live', 'post', 'responses', '409']);
    expect(document.paths).toHaveProperty(
      ['/api/v1/streams/{streamId}/go-live', 'post', 'security'],
      [{ account: [] }],
    );
    expect(document.paths).toHaveProperty(['/api/v1/auth/login', 'post', 'security'], []);
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});

describe('errors', () => {
  it('are sentences with a culprit', () => {
    for (const [code, { message, status }] of Object.entries(errorCatalogue)) {
      expect(message, code).toMatch(/^[A-Z].*\.$/);
      expect(status, code).toBeGreaterThanOrEqual(400);
    }
  });

  it('know their codes', () => {
    expect(errorCodeSchema.safeParse('stage_full').success).toBe(true);
    expect(errorCodeSchema.safeParse('toString').success).toBe(false);
    expect(errorBody('stage_full').error.culprit).toBe('user');
  });
});

describe('commands', () => {
  it('are refused in words when they are none', () => {
    const rename = { type: 'rename-scene', scene: newStudioDocument().scene, name: ' Talk ' };
    expect(parseCommand(rename)).toEqual({ ok: true, command: { ...rename, name: 'Talk' } });
    expect(parseCommand({ ...rename, name: 'x'.repeat(10_000) })).toEqual({
      ok: false,
      code: 'text_too_long',
    });
    for (const bad of [null, {}, { type: 'nonsense' }, { ...rename, name: '' }, { type: 'add-person' }]) {
      expect(parseCommand(bad)).toEqual({ ok: false, code: 'invalid_input' });
    }
  });

  it('that do not fit are refused by a code of the catalogue', () => {
    const refused = reduce(newStudioDocument(), { type: 'undo' }, { live: false, by: null, atMs: 0 });
    expect(refused.ok ? null : errorCodeSchema.parse(refused.refusal)).toBe('nothing_to_undo');
  });
});

describe('the policy', () => {
  it('lets guests enter and nothing more', () => {
    expect(mayInStudio('guest', 'enter-studio')).toBe(true);
    for (const action of ['set-layout', 'put-on-stage', 'mute-person', 'compose', 'see-outputs'] as const) {
      expect(mayInStudio('guest', action), action).toBe(false);
    }
  });

  it('lets host and co-host produce; the shape of the programme is the host’s', () => {
    for (const type of studioCommandTypes) {
      const alone = type === 'set-programme';
      expect(mayInStudio('host', type), type).toBe(true);
      expect(mayInStudio('co-host', type), type).toBe(!alone);
      const keepsOrder = type === 'mute-person' || type === 'remove-person';
      expect(mayInStudio('moderator', type), type).toBe(keepsOrder);
      expect(mayInStudio('guest', type), type).toBe(false);
    }
  });

  it('lets moderators keep order but not the picture', () => {
    expect(mayInStudio('moderator', 'remove-person')).toBe(true);
    expect(mayInStudio('moderator', 'set-layout')).toBe(false);
  });

  it('keeps destinations to the host', () => {
    expect(mayInStudio('host', 'manage-outputs')).toBe(true);
    expect(mayInStudio('co-host', 'manage-outputs')).toBe(false);
  });
});
