import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { openDatabase } from '@streamus/db';
import { createMetrics, type Logger, type Metrics } from '@streamus/platform';
import express from 'express';
import { appModule } from './app-module.ts';
import { wiringFaults } from './check-wiring.ts';
import type { Config } from './config.ts';
import { requestMetrics } from './http/request-metrics.ts';
import { OpenConnections } from './modules/realtime/open-connections.ts';
import { RealtimeServer } from './modules/realtime/realtime-server.ts';
import { serveApiDocs } from './modules/system/api-docs.ts';

/** Requests of 500/s hold a connection for a few milliseconds each. */
const POOL_SIZE = 12;

export interface Backend {
  /** http://host:port */
  readonly address: string;
  close(): Promise<void>;
}

/** Starts the control plane; refuses to when contract and handlers do not match. */
export async function startBackend(
  config: Config,
  logger: Logger,
  version: string,
  metrics: Metrics = createMetrics('backend'),
): Promise<Backend> {
  const database = openDatabase(config.DATABASE_URL.reveal(), POOL_SIZE, (error) =>
    logger.warn({ err: error }, 'an idle database connection was lost'),
  );
  const server = express();
  server.set('trust proxy', 'loopback');
  server.disable('x-powered-by');
  server.use(requestMetrics(metrics));
  server.use((_, response, next) => {
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'same-origin');
    response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    next();
  });
  serveApiDocs(server, version);
  const app = await NestFactory.create(appModule(config, database, logger), new ExpressAdapter(server), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  app.setGlobalPrefix('api/v1');
  app.enableCors({ origin: config.CORS_ORIGINS, credentials: true });
  const faults = wiringFaults(app);
  if (faults.length > 0) throw new Error(`Contract and handlers do not match: ${faults.join('; ')}.`);
  await app.listen(config.PORT, config.HOST);
  app.get(RealtimeServer).attach();
  const open = app.get(OpenConnections);
  metrics.gauge('streamus_realtime_connections', 'Open realtime sockets.', [], () => [
    { labels: {}, value: open.studios().reduce((sum, studio) => sum + open.of(studio).size, 0) },
  ]);
  metrics.gauge('streamus_open_studios', 'Studios somebody is in.', [], () => [
    { labels: {}, value: open.studios().length },
  ]);
  const { port }: AddressInfo = app.getHttpServer().address();
  return {
    address: `http://${config.HOST}:${port}`,
    async close() {
      await app.close();
      await database.close();
    },
  };
}
