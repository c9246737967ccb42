import { openDatabase } from '@streamus/db';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { type BackendUnderTest, PASSWORD, startBackendUnderTest } from './backend-under-test.ts';

let backend: BackendUnderTest;
beforeAll(async () => {
  backend = await startBackendUnderTest();
});
afterAll(() => backend.close());

describe('accounts', () => {
  it('registers, knows who is signed in, and has a studio at once', async () => {
    const { caller, username, studioId } = await backend.account();
    const me = await caller.call('GET', '/auth/me');
    expect(me.body.user.username).toBe(username);
    const studios = await caller.call('GET', '/studios');
    expect(studios.body.studios.map((studio: { id: string }) => studio.id)).toEqual([studioId]);
  });

  it('keeps session cookies from scripts and other sites', async () => {
    const caller = backend.caller();
    const { email } = await backend.account();
    const answer = await caller.call('POST', '/auth/login', { login: email, password: PASSWORD });
    const cookies = answer.headers.getSetCookie();
    expect(cookies.find((line) => line.startsWith('streamus_access='))).toMatch(/HttpOnly.*SameSite=Lax/i);
    expect(cookies.find((line) => line.startsWith('streamus_refresh='))).toMatch(
      /Path=\/api\/v1\/auth.*HttpOnly.*SameSite=Strict/i,
    );
  });

  it('hashes passwords at a cost of 12 at least, and signs access for a quarter of an hour', async () => {
    const { caller, username } = await backend.account();
    const { db, close } = openDatabase(inject('databaseUrl'), 1, () => undefined);
    onTestFinished(close);
    const row = await db
      .selectFrom('users')
      .select('password_hash')
      .where('username', '=', username)
      .executeTakeFirstOrThrow();
    expect(Number(/^\$2[aby]\$(\d\d)\$/.exec(row.password_hash)?.[1])).toBeGreaterThanOrEqual(12);
    const { iat = 0, exp = 0 } = decodeJwt(caller.cookie('streamus_access') ?? '');
    expect(exp - iat).toBeLessThanOrEqual(15 * 60);
  });

  it('lets scripts of the allowed origins alone read answers', async () => {
    const allowing = await startBackendUnderTest({ CORS_ORIGINS: 'https://app.example.org' });
    onTestFinished(() => allowing.close());
    const allowed = async (origin: string) =>
      (await allowing.caller().call('GET', '/health', undefined, { origin })).headers.get(
        'access-control-allow-origin',
      );
    expect(await allowed('https://app.example.org')).toBe('https://app.example.org');
    expect(await allowed('https://evil.example.org')).not.toBe('https://evil.example.org');
  });

  it('refuses a taken e-mail or username without telling which', async () => {
    const { email, username } = await backend.account();
    const taken = [
      { email, username: 'somebody.else', password: PASSWORD },
      { email: 'fresh@example.org', username: username.toUpperCase(), password: PASSWORD },
    ];
    for (const body of taken) {
      const answer = await backend.caller().call('POST', '/auth/register', body);
      expect([answer.status, answer.body.error.code, answer.body.error.fields]).toEqual([
        409,
        'account_taken',
        undefined,
      ]);
    }
  });

  it.each(['short', 'password123', 'aaaaaaaaaaaaaa'])('refuses the weak password %s', async (password) => {
    const answer = await backend
      .caller()
      .call('POST', '/auth/register', { email: 'weak@example.org', username: 'weakling', password });
    expect(answer.body.error.code).toBe('weak_password');
  });

  it('names the fields at fault', async () => {
    const answer = await backend
      .caller()
      .call('POST', '/auth/register', { email: 'nonsense', username: 'x', password: PASSWORD });
    expect(Object.keys(answer.body.error.fields).sort()).toEqual(['email', 'username']);
  });

  it('answers a wrong password and an unknown account alike', async () => {
    const { email } = await backend.account();
    const wrong = await backend
      .caller()
      .call('POST', '/auth/login', { login: email, password: 'not the password' });
    const unknown = await backend
      .caller()
      .call('POST', '/auth/login', { login: 'no@body.org', password: 'not the password' });
    expect(wrong.status).toBe(401);
    expect(unknown.body).toEqual(wrong.body);
  });

  it('limits tries to sign in', async () => {
    const { email } = await backend.account();
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) {
      const answer = await backend
        .caller()
        .call('POST', '/auth/login', { login: email, password: 'x' }, { 'x-forwarded-for': '10.9.9.9' });
      statuses.push(answer.status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses[10]).toBe(429);
  });

  it('rotates refresh tokens, and a reused one ends the whole family', async () => {
    const { caller } = await backend.account();
    const first = caller.cookie('streamus_refresh') ?? '';
    expect((await caller.call('POST', '/auth/refresh')).status).toBe(200);
    const second = caller.cookie('streamus_refresh') ?? '';
    expect(second).not.toBe(first);

    const thief = backend.caller();
    thief.setCookie('streamus_refresh', first);
    expect((await thief.call('POST', '/auth/refresh')).body.error.code).toBe('session_expired');
    expect((await caller.call('POST', '/auth/refresh')).body.error.code).toBe('session_expired');
  });

  it('ends the session at logout', async () => {
    const { caller } = await backend.account();
    const refresh = caller.cookie('streamus_refresh') ?? '';
    expect((await caller.call('POST', '/auth/logout')).status).toBe(204);
    const old = backend.caller();
    old.setCookie('streamus_refresh', refresh);
    expect((await old.call('POST', '/auth/refresh')).status).toBe(401);
  });

  it('refuses changes that come from another site', async () => {
    const { caller } = await backend.account();
    const attack = await caller.call(
      'POST',
      '/studios',
      { name: 'Evil' },
      { origin: 'https://evil.example' },
    );
    expect([attack.status, attack.body.error.code]).toEqual([403, 'cross_site']);
    const fetched = await caller.call(
      'POST',
      '/studios',
      { name: 'Evil' },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(fetched.status).toBe(403);
  });
});
