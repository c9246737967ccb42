import type { INestApplicationContext } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { type Route, routes } from '@streamus/contracts';
import { ROUTE } from './http/endpoint.ts';

/** What is wrong between the contract and its handlers: a route without a handler, with two, or a handler without a route. */
export function wiringFaults(app: INestApplicationContext): string[] {
  const scanner = new MetadataScanner();
  const served = new Map<Route, number>();
  const faults: string[] = [];
  for (const { instance, metatype } of app.get(DiscoveryService).getControllers()) {
    if (typeof instance !== 'object' || instance === null || !metatype) continue;
    for (const name of scanner.getAllMethodNames(Object.getPrototypeOf(instance))) {
      const handler: object = Reflect.get(instance, name);
      const isHttp = Reflect.hasMetadata('path', handler);
      const route: Route | undefined = Reflect.getMetadata(ROUTE, handler);
      if (route !== undefined) served.set(route, (served.get(route) ?? 0) + 1);
      else if (isHttp) faults.push(`${metatype.name}.${name} serves a path without a contract route`);
    }
  }
  for (const [name, route] of Object.entries(routes)) {
    const count = served.get(route) ?? 0;
    if (count !== 1) faults.push(`route ${name} has ${count} handlers`);
  }
  return faults;
}
