import { createLogger, createMetrics, offerMetrics } from '@streamus/platform';
import { checkAtStart, openObjectStore } from '@streamus/platform/objects';
import { readConfig } from './config.ts';
import { startBackend } from './start-backend.ts';

const config = readConfig(process.env);
const logger = createLogger('backend', config.LOG_LEVEL);
const metrics = createMetrics('backend');
const backend = await startBackend(config, logger, process.env.npm_package_version ?? '0.1.0', metrics);
const metricsServer = await offerMetrics(metrics, process.env, (text) => logger.warn({}, text));
logger.info({ address: backend.address }, 'backend ready');
// Not waited for: a storage that does not answer must not hold up what works without it.
checkAtStart(openObjectStore(config.s3, config.DATA_DIR), (text) => logger.warn({}, text)).catch(
  (error: unknown) => {
    logger.error({ err: error }, 'the backend ends');
    process.exit(1);
  },
);

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  Promise.all([backend.close(), metricsServer?.close()]).then(
    () => process.exit(0),
    (error: unknown) => {
      logger.error({ err: error }, 'backend did not stop cleanly');
      process.exit(1);
    },
  );
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// The launcher holds the other end; when it is gone we must not outlive it.
process.on('disconnect', stop);
