import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Route } from '@streamus/contracts';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import { ROUTE } from './endpoint.ts';

/** Sends only what the contract names: an answer is parsed by its schema, unknown fields never leave. */
@Injectable()
export class ResponseInterceptor implements NestInterceptor {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = this.reflector.get<Route | undefined>(ROUTE, context.getHandler());
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      map((value: unknown) => {
        if (route === undefined) return undefined;
        switch (route.response.kind) {
          case 'json':
            response.status(200).setHeader('cache-control', 'no-store');
            return route.response.schema.parse(value);
          case 'empty':
            response.status(204);
            return undefined;
          case 'file':
            return undefined;
          default:
            return route.response satisfies never;
        }
      }),
    );
  }
}
