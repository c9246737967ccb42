import type { IncomingHttpHeaders } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { type StudioId, studioIdSchema, type UserId, userIdSchema } from '@streamus/contracts';
import { type PersonId, personIdSchema } from '@streamus/studio';
import { jwtVerify, SignJWT } from 'jose';
import { CONFIG, type Config } from '../../config.ts';
import type { Actor } from '../../http/actor.ts';
import { ACCESS_COOKIE, ACCESS_SECONDS, cookieValue } from '../../http/cookies.ts';

const ISSUER = 'streamus';
/** A guest's seat outlives a show of a weekend. */
const GUEST_SECONDS = 7 * 24 * 3600;

/** Signs and checks the tokens people carry: access cookies of accounts, bearer tokens of guests. */
@Injectable()
export class Authenticator {
  readonly #key: Uint8Array;

  constructor(@Inject(CONFIG) config: Config) {
    this.#key = new TextEncoder().encode(config.JWT_SECRET.reveal());
  }

  /** Who sends these headers; a bad or expired token counts as nobody. */
  async actorOf(headers: IncomingHttpHeaders): Promise<Actor> {
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return (await this.guestOf(bearer)) ?? { kind: 'anonymous' };
    const access = cookieValue(headers.cookie, ACCESS_COOKIE);
    return (access === null ? null : await this.#userOf(access)) ?? { kind: 'anonymous' };
  }

  async guestOf(token: string): Promise<Extract<Actor, { kind: 'guest' }> | null> {
    const payload = await this.#verify(token, 'guest');
    const person = personIdSchema.safeParse(payload?.sub);
    const studio = studioIdSchema.safeParse(payload?.studio);
    return person.success && studio.success
      ? { kind: 'guest', personId: person.data, studioId: studio.data }
      : null;
  }

  signAccess(userId: UserId): Promise<string> {
    return this.#sign('access', userId, {}, ACCESS_SECONDS);
  }

  signGuest(personId: PersonId, studioId: StudioId): Promise<string> {
    return this.#sign('guest', personId, { studio: studioId }, GUEST_SECONDS);
  }

  async #userOf(token: string): Promise<Actor | null> {
    const id = userIdSchema.safeParse((await this.#verify(token, 'access'))?.sub);
    return id.success ? { kind: 'user', userId: id.data } : null;
  }

  #sign(
    audience: 'access' | 'guest',
    subject: string,
    claims: Record<string, string>,
    seconds: number,
  ): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime(`${seconds}s`)
      .sign(this.#key);
  }

  async #verify(token: string, audience: 'access' | 'guest') {
    try {
      return (await jwtVerify(token, this.#key, { issuer: ISSUER, audience, algorithms: ['HS256'] })).payload;
    } catch {
      return null;
    }
  }
}
