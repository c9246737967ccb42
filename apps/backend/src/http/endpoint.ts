import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import type { Route, RouteInput, UserId } from '@streamus/contracts';
import type { Request, Response } from 'express';
import type { Member } from '../modules/studios/membership.ts';
import type { Actor } from './actor.ts';

export const ROUTE = 'streamus:route';

const methods: Record<Route['method'], RequestMethod> = {
  GET: RequestMethod.GET,
  POST: RequestMethod.POST,
  PUT: RequestMethod.PUT,
  PATCH: RequestMethod.PATCH,
  DELETE: RequestMethod.DELETE,
};

/** Serves a contract route with a controller method; the pipeline validates, authorises and limits it. */
export function Endpoint(route: Route): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: route.path, method: methods[route.method] }),
    SetMetadata(ROUTE, route),
  );
}

/** Facts a handler gets about a call that passed the pipeline. */
interface CallFacts {
  readonly actor: Actor;
  readonly request: Request;
  readonly response: Response;
}

type PolicyFacts<R extends Route> = R['policy'] extends { kind: 'account' }
  ? { readonly userId: UserId }
  : R['policy'] extends { kind: 'studio' }
    ? { readonly member: Member }
    : object;

/** What a handler of `R` receives. */
export type Call<R extends Route> = RouteInput<R> & CallFacts & PolicyFacts<R>;

const calls = new WeakMap<object, unknown>();

/** Remembers the checked call of a request for the handler. */
export function setCall(request: object, call: unknown): void {
  calls.set(request, call);
}

/** Injects the checked call. */
export const TheCall = createParamDecorator((_: unknown, context: ExecutionContext): unknown =>
  calls.get(context.switchToHttp().getRequest<object>()),
);
