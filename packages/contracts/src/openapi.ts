import { z } from 'zod';
import { type ErrorCode, errorBodySchema, errorCatalogue } from './errors.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 description of `routes`, written from the same objects the server runs. */
export function openApiDocument(routes: Readonly<Record<string, Route>>, version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(routes)) {
    const path = `/api/v1${route.path.replace(/:([a-zA-Z]+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'StreamUs',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      securitySchemes: {
        account: { type: 'apiKey', in: 'cookie', name: 'streamus_access' },
        guest: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
      schemas: { Error: toSchema(errorBodySchema, 'output') },
    },
  };
}

function operation(name: string, route: Route): Json {
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.path.split('/')[1] ?? ''],
    security: security(route),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body === null ? {} : { requestBody: { required: true, content: requestContent(route.body) } }),
    responses: { ...success(route), ...failures(route) },
  };
}

function security(route: Route): Json[] {
  switch (route.policy.kind) {
    case 'public':
    case 'refresh':
      return [];
    case 'account':
      return [{ account: [] }];
    case 'studio':
      return [{ account: [] }, { guest: [] }];
  }
}

function parameters(schema: z.ZodType | null, place: 'path' | 'query'): Json[] {
  if (schema === null) return [];
  const { properties, required } = z
    .object({
      properties: z.record(z.string(), z.unknown()).default({}),
      required: z.array(z.string()).default([]),
    })
    .parse(toSchema(schema, 'input'));
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: value,
  }));
}

function requestContent(body: NonNullable<Route['body']>): Json {
  return body.kind === 'json'
    ? { 'application/json': { schema: toSchema(body.schema, 'input') } }
    : {
        'application/octet-stream': {
          schema: { type: 'string', format: 'binary', maxLength: body.maxBytes },
        },
      };
}

function success(route: Route): Json {
  switch (route.response.kind) {
    case 'json':
      return {
        200: {
          description: 'Done',
          content: { 'application/json': { schema: toSchema(route.response.schema, 'output') } },
        },
      };
    case 'empty':
      return { 204: { description: 'Done' } };
    case 'file':
      return {
        200: {
          description: 'The file',
          content: { [route.response.contentType]: { schema: { type: 'string', format: 'binary' } } },
        },
      };
  }
}

function failures(route: Route): Json {
  const codes: ErrorCode[] = [...route.errors, 'too_many_requests'];
  if (route.body !== null || route.query !== null) codes.push('invalid_input');
  if (route.policy.kind === 'account' || route.policy.kind === 'studio') codes.push('not_signed_in');
  if (route.policy.kind === 'studio') codes.push('not_allowed', 'not_found');
  const byStatus = new Map<number, string[]>();
  for (const code of new Set(codes)) {
    const { status, message } = errorCatalogue[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `\`${code}\`: ${message}`]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, lines]) => [
      status,
      {
        description: lines.join('\n\n'),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]),
  );
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' });
  return rest;
}
