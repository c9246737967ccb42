import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { mayInStudio, type Route, studioIdSchema } from '@streamus/contracts';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CONFIG, type Config } from '../config.ts';
import { Authenticator } from '../modules/auth/authenticator.ts';
import { Membership } from '../modules/studios/membership.ts';
import type { Actor } from './actor.ts';
import { AppError } from './app-error.ts';
import { ROUTE, setCall } from './endpoint.ts';
import { RateLimiter } from './rate-limiter.ts';
import { bodyChunks, declaredLength, readBody } from './read-body.ts';
import { cameFromOurSite } from './same-site.ts';

/** Most JSON bodies are small; a studio command or a stream description fits many times. */
const JSON_MAX_BYTES = 64 * 1024;

/** Every call passes here: origin, sign-in, rate limit, input, policy, in this order. Deny by default. */
@Injectable()
export class RouteGuard implements CanActivate {
  readonly #limiter = new RateLimiter();

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(Membership) private readonly membership: Membership,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = this.reflector.get<Route | undefined>(ROUTE, context.getHandler());
    if (route === undefined) throw new AppError('not_found');
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();

    if (route.method !== 'GET' && !cameFromOurSite(request.headers, this.#origins()))
      throw new AppError('cross_site');
    const actor = await this.authenticator.actorOf(request.headers);
    this.#limit(route, request, response, actor);
    const input = {
      params: parse(route.params, request.params, 'not_found'),
      query: parse(route.query, request.query, 'invalid_input'),
      body: await this.#body(route, request),
    };
    const facts = await this.#authorise(route, actor, input.params);
    setCall(request, { ...input, ...facts, actor, request, response });
    return true;
  }

  #origins(): string[] {
    const own = this.config.PUBLIC_URL === undefined ? [] : [new URL(this.config.PUBLIC_URL).origin];
    return [...own, ...this.config.CORS_ORIGINS];
  }

  #limit(route: Route, request: Request, response: Response, actor: Actor): void {
    const who =
      actor.kind === 'user'
        ? actor.userId
        : actor.kind === 'guest'
          ? actor.personId
          : (request.ip ?? 'unknown');
    const wait = this.#limiter.take(`${route.method} ${route.path} ${who}`, route.limit, Date.now());
    if (wait === 0) return;
    response.setHeader('retry-after', String(wait));
    throw new AppError('too_many_requests');
  }

  async #body(route: Route, request: Request): Promise<unknown> {
    if (route.body === null) return undefined;
    if (route.body.kind === 'binary') {
      if (declaredLength(request) > route.body.maxBytes) throw new AppError('body_too_large');
      return bodyChunks(request, route.body.maxBytes);
    }
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('application/json')) throw new AppError('invalid_input');
    const bytes = await readBody(request, route.body.maxBytes ?? JSON_MAX_BYTES);
    if (bytes === null) throw new AppError('body_too_large');
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString('utf8'));
    } catch {
      throw new AppError('invalid_input');
    }
    return parse(route.body.schema, value, 'invalid_input');
  }

  async #authorise(route: Route, actor: Actor, params: unknown): Promise<object> {
    switch (route.policy.kind) {
      case 'public':
      case 'refresh':
        return {};
      case 'account':
        if (actor.kind !== 'user') throw new AppError('not_signed_in');
        return { userId: actor.userId };
      case 'studio': {
        const { studioId } = z.object({ studioId: studioIdSchema }).parse(params);
        if (actor.kind === 'anonymous') throw new AppError('not_signed_in');
        const member = await this.membership.of(actor, studioId);
        if (!mayInStudio(member.role, route.policy.action)) throw new AppError('not_allowed');
        return { member };
      }
      default:
        return route.policy satisfies never;
    }
  }
}

function parse(schema: z.ZodType | null, value: unknown, code: 'invalid_input' | 'not_found'): unknown {
  if (schema === null) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(
    parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message]),
  );
  throw new AppError(code, fields);
}
