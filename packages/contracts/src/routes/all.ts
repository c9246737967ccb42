import type { Route } from '../route.ts';
import { authRoutes } from './auth.ts';
import { brandRoutes } from './brand.ts';
import { destinationRoutes } from './destinations.ts';
import { fontRoutes } from './fonts.ts';
import { recordingRoutes, systemRoutes } from './library.ts';
import { streamRoutes } from './streams.ts';
import { studioRoutes } from './studios.ts';

export const routes = {
  ...authRoutes,
  ...studioRoutes,
  ...streamRoutes,
  ...destinationRoutes,
  ...recordingRoutes,
  ...brandRoutes,
  ...fontRoutes,
  ...systemRoutes,
} satisfies Record<string, Route>;
export type RouteName = keyof typeof routes;
