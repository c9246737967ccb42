import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  channels,
  type OutputHealth,
  type OutputId,
  outputIdSchema,
  type StreamId,
} from '@streamus/contracts';
import { listen, migrate, type OpenDatabase, openDatabase } from '@streamus/db';
import { startEmbeddedServer } from '@streamus/db/embedded-server';
import { createSealer, Secret, streamKeyContext } from '@streamus/platform';
import { newStudioDocument, type Programme } from '@streamus/studio';
import { freePort } from '@streamus/testkit/free-port';
import { type LivekitServer, startLivekitServer } from '@streamus/testkit/livekit-server';
import { roomToken } from '@streamus/testkit/livekit-token';
import { type Clip, type Publisher, type PublisherOptions, publishClip } from '@streamus/testkit/publisher';
import { sql } from 'kysely';
import { storeStream } from './stored-stream.ts';
import { type OwnDisk, startWorker, type WorkerProcess } from './worker.ts';

/** A media worker in a process of its own, with a real database and a real LiveKit. */
export interface MediaRig {
  readonly database: OpenDatabase;
  readonly livekit: LivekitServer;
  readonly dataDir: string;
  /** The worker's files as it sees them itself, also when they are on a disk of its own. */
  readonly seenByWorker: (path: string) => string;
  /** Everything the worker and its children have written. */
  readonly output: () => string;
  readonly workerPid: () => number;
  readonly workerRuns: () => boolean;
  createLiveStream(programme: Programme, outputs: readonly RigOutput[]): Promise<RigStream>;
  publish(stream: RigStream, clip: Clip, epoch: number, keep?: PublisherOptions['keep']): Promise<Publisher>;
  setOutputWanted(stream: RigStream, output: OutputId, wanted: boolean): Promise<void>;
  endStream(stream: RigStream): Promise<void>;
  outputHealth(output: OutputId): Promise<{ status: string; health: Partial<OutputHealth> }>;
  /** Waits until the condition holds; it is looked at whenever the worker wrote health. */
  until(condition: () => Promise<boolean>, what: string, timeoutMs?: number): Promise<void>;
  /** Sends SIGTERM to the worker and waits for it. */
  stopWorker(): Promise<number | null>;
  /** Starts a worker anew after `stopWorker`. */
  startWorker(): void;
  /** Another worker beside the first, on the same database; `close` ends it. */
  addWorker(environment?: Record<string, string>): RigWorker;
  stopDatabase(): Promise<void>;
  /** Starts it again on the same folder and port. */
  startDatabase(): Promise<void>;
  close(): Promise<void>;
}

export interface RigWorker extends WorkerProcess {
  /** Everything it and its children have written. */
  readonly output: () => string;
}

export interface RigOutput {
  readonly url: string | null;
  readonly key: string;
}

export interface RigStream {
  readonly id: StreamId;
  readonly room: string;
  readonly outputs: readonly OutputId[];
}

/** `diskMebibytes`: each worker's data are on a disk of its own, of this size. */
export async function startMediaRig(
  environment: Record<string, string> = {},
  diskMebibytes?: number,
): Promise<MediaRig> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-rig-'));
  await chmod(folder, 0o755);
  const serverOptions = {
    dataFolder: join(folder, 'postgres'),
    port: await freePort(),
    password: 'test',
    settings: { fsync: 'off', synchronous_commit: 'off' },
  };
  let server = await startEmbeddedServer(serverOptions);
  await migrate(server.url);
  const database = openDatabase(server.url, 4, () => undefined);
  const livekit = await startLivekitServer();
  const encryptionKey = randomBytes(32).toString('base64');
  const sealer = createSealer(new Secret(encryptionKey));
  const dataDir = join(folder, 'data');
  const disk: OwnDisk | undefined =
    diskMebibytes === undefined ? undefined : { folder: dataDir, mebibytes: diskMebibytes };
  if (disk !== undefined) await mkdir(dataDir);
  let text = '';
  const launch = (said: (text: string) => void, own: Record<string, string> = {}) =>
    startWorker(
      {
        DATABASE_URL: server.url,
        LIVEKIT_URL: livekit.url,
        LIVEKIT_API_KEY: livekit.apiKey,
        LIVEKIT_API_SECRET: livekit.apiSecret,
        ENCRYPTION_KEY: encryptionKey,
        DATA_DIR: dataDir,
        TMPDIR: folder,
        ALLOW_PRIVATE_TARGETS: '1',
        ...environment,
        ...own,
      },
      said,
      disk,
    );
  const note = (said: string) => {
    text += said;
  };
  let worker = launch(note);
  const added: WorkerProcess[] = [];
  const wake = (stream: RigStream) =>
    sql`select pg_notify(${channels.streamWanted}, ${stream.id})`.execute(database.db);
  const rig: MediaRig = {
    database,
    livekit,
    dataDir,
    seenByWorker: (path) => join(`/proc/${worker.pid}/root`, path),
    output: () => text,
    workerPid: () => worker.pid,
    workerRuns: () => worker.running(),
    async createLiveStream(programme, outputs) {
      const stream = await insertStream(database, programme, outputs, (key, id) =>
        sealer.seal(new Secret(key), streamKeyContext('stream_destinations', id)),
      );
      await wake(stream);
      return stream;
    },
    async publish(stream, clip, epoch, keep) {
      const token = roomToken(livekit, stream.room, `composer:${epoch}`, {
        canPublish: true,
        canSubscribe: false,
      });
      const publisher = publishClip({
        url: livekit.url,
        token,
        clip,
        ...(keep === undefined ? {} : { keep }),
      });
      await publisher.started;
      return publisher;
    },
    async setOutputWanted(stream, output, wanted) {
      await database.db.updateTable('stream_destinations').set({ wanted }).where('id', '=', output).execute();
      await wake(stream);
    },
    async endStream(stream) {
      await database.db
        .updateTable('streams')
        .set({ status: 'ended', end_time: new Date() })
        .where('id', '=', stream.id)
        .execute();
      await wake(stream);
    },
    async outputHealth(output) {
      const row = await database.db
        .selectFrom('stream_destinations')
        .select(['status', 'metadata'])
        .where('id', '=', output)
        .executeTakeFirstOrThrow();
      return { status: row.status, health: row.metadata };
    },
    until(condition, what, timeoutMs = 60_000) {
      return untilNotified(server.url, condition, () => `${what}\n${text.slice(-3_000)}`, timeoutMs);
    },
    stopWorker: () => worker.stop(),
    startWorker() {
      worker = launch(note);
    },
    addWorker(own) {
      let output = '';
      const another = launch((said) => {
        output += said;
      }, own);
      added.push(another);
      return { ...another, output: () => output };
    },
    stopDatabase: () => server.stop(),
    async startDatabase() {
      server = await startEmbeddedServer(serverOptions);
    },
    async close() {
      await Promise.all([rig.stopWorker(), ...added.map((another) => another.stop())]);
      await livekit.close();
      await database.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return rig;
}

async function untilNotified(
  url: string,
  condition: () => Promise<boolean>,
  describe: () => string,
  timeoutMs: number,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let trouble = '';
  const check = () => {
    condition().then(
      (holds) => {
        if (holds) resolve();
      },
      // Not readable now is not yet true; it shows in the message if it stays so.
      (error: unknown) => {
        trouble = String(error);
      },
    );
  };
  const listener = listen(url, [channels.streamHealth], check, check);
  // A finished recording is not announced; it shows within the worker's one-second round.
  const poll = setInterval(check, 500);
  const timer = setTimeout(
    () => reject(new Error(`not within ${timeoutMs} ms: ${describe()} ${trouble}`)),
    timeoutMs,
  );
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    clearInterval(poll);
    await listener.close();
  }
}

async function insertStream(
  { db }: OpenDatabase,
  programme: Programme,
  outputs: readonly RigOutput[],
  seal: (key: string, id: OutputId) => string,
): Promise<RigStream> {
  const { id, room } = await storeStream(db, newStudioDocument(programme), 'live');
  const ids: OutputId[] = [];
  for (const { url, key } of outputs) {
    const output = outputIdSchema.parse(randomUUID());
    ids.push(output);
    await db
      .insertInto('stream_destinations')
      .values({
        id: output,
        stream_id: id,
        platform: url === null ? 'watch' : 'custom',
        name: 'Destination',
        rtmp_url: url,
        stream_key_sealed: url === null ? null : seal(key, output),
        wanted: true,
      })
      .execute();
  }
  return { id, room, outputs: ids };
}
