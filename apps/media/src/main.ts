import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { channels } from '@streamus/contracts';
import { listen, openDatabase } from '@streamus/db';
import { createLogger, createMetrics, createSealer, offerMetrics } from '@streamus/platform';
import { checkAtStart, openObjectStore } from '@streamus/platform/objects';
import { describeMedia } from './media-metrics.ts';
import { monotonicMs } from './monotonic.ts';
import { freeBytesOf } from './recorder/free-bytes.ts';
import { spoolFolder } from './recorder/take.ts';
import { Uploader } from './recorder/uploader.ts';
import { readSettings } from './settings.ts';
import { writeCaFile } from './supervisor/certificates.ts';
import { Finishing } from './supervisor/finishing.ts';
import { LeaseRepository } from './supervisor/lease-repository.ts';
import { RecordingRepository } from './supervisor/recording-repository.ts';
import { MediaRepository } from './supervisor/repository.ts';
import { openRunFolder } from './supervisor/run-folder.ts';
import { SlateLooks } from './supervisor/slate-looks.ts';
import { Supervisor } from './supervisor/supervisor.ts';
import { claimIdentity } from './supervisor/worker-identity.ts';

const CONNECTIONS = 4;
/** Copies of uploaded segments go long before the alarm. */
const KEEP_ABOVE_RESERVES = 4;

const settings = readSettings(process.env);
const logger = createLogger('media', settings.logLevel);
await mkdir(settings.dataDir, { recursive: true });
const worker = await claimIdentity(settings.dataDir, process.pid, randomUUID());
// Not below the data folder, whose path may be too long for sockets.
const runFolder = await openRunFolder(worker, tmpdir());
const { db, close } = openDatabase(settings.databaseUrl, CONNECTIONS, (error) =>
  logger.warn({ error: error.message }, 'idle database connection lost'),
);
const repository = new MediaRepository(db, worker);
const leases = new LeaseRepository(db, worker);
const store = openObjectStore(settings.s3, settings.dataDir);
// Not waited for: a storage that does not answer must not hold up the shows.
checkAtStart(store, (text) => logger.warn({}, text)).catch((error: unknown) => {
  logger.error({ error: String(error) }, 'the media worker ends');
  process.exit(1);
});
const recordings = new RecordingRepository(db, worker);
const uploader = new Uploader({
  store,
  spool: spoolFolder(settings.dataDir),
  keepAboveBytes: settings.diskReserveBytes * KEEP_ABOVE_RESERVES,
  freeBytes: () => freeBytesOf(settings.dataDir),
  now: monotonicMs,
  random: Math.random,
  log: (message, fields) => logger.warn(fields, message),
});
const finishing = new Finishing({
  repository: recordings,
  uploader,
  store,
  dataDir: settings.dataDir,
  logger,
});
const supervisor = new Supervisor({
  worker,
  settings,
  repository,
  leases,
  recordings,
  uploader,
  sealer: createSealer(settings.encryptionKeys),
  finishing,
  slateLooks: new SlateLooks(db, store, runFolder, logger),
  caFile: await writeCaFile(runFolder, settings.extraCaFile),
  runFolder,
  logger,
});
const listener = listen(
  settings.databaseUrl,
  [channels.streamWanted],
  () => supervisor.wake(),
  () => supervisor.wake(),
);
const metrics = createMetrics('media');
describeMedia(
  metrics,
  () => supervisor.load,
  () => supervisor.measures(),
);
const metricsServer = await offerMetrics(metrics, process.env, (text) => logger.warn({}, text));
logger.info({ worker }, 'media worker ready');

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await Promise.all([listener.close(), metricsServer?.close()]);
  await supervisor.close();
  await close();
  await rm(runFolder, { recursive: true, force: true });
  logger.info({}, 'media worker stopped');
  process.exit(0);
};
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
