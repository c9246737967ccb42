import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Secret } from '../secret.ts';
import { CHECK_KEY, type ObjectStore, ObjectStoreError, type StoredObject } from './object-store.ts';

export interface S3Settings {
  /** null: Amazon's own. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  /** The bucket is part of the path, not of the host name; most servers but Amazon's want that. */
  readonly pathStyle: boolean;
}

const CONNECT_MS = 5_000;
/** A connection on which nothing moves for this long is given up. */
const SILENCE_MS = 20_000;
/** At once, with the first try. Whoever calls retries with pauses of its own. */
const TRIES = 2;
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 2;
/** The server computes it as well and refuses what arrived otherwise. */
const CHECKSUM = { ChecksumAlgorithm: 'SHA256' } as const;

/** Objects in a bucket of an S3 API. */
export function s3ObjectStore(settings: S3Settings): ObjectStore {
  const Bucket = settings.bucket;
  const client = new S3Client({
    region: settings.region,
    ...(settings.endpoint === null ? {} : { endpoint: settings.endpoint }),
    forcePathStyle: settings.pathStyle,
    credentials: {
      accessKeyId: settings.accessKeyId,
      secretAccessKey: settings.secretAccessKey.reveal(),
    },
    maxAttempts: TRIES,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    // Checksums are named where they are wanted; servers disagree on those of parts and ranges.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const store: ObjectStore = {
    onThisMachine: false,
    async put(Key, bytes) {
      await explained(client.send(new PutObjectCommand({ Bucket, Key, Body: bytes, ...CHECKSUM })));
    },
    async putFile(Key, path) {
      const Body = createReadStream(path);
      try {
        const upload = new Upload({
          client,
          params: { Bucket, Key, Body, ...CHECKSUM },
          partSize: PART_BYTES,
          queueSize: PARTS_AT_ONCE,
        });
        await explained(upload.done());
      } finally {
        Body.destroy();
      }
      await rm(path);
    },
    read(Key, range) {
      const abort = new AbortController();
      const Range = range === undefined ? undefined : `bytes=${range.start}-${range.end}`;
      const wanted = new GetObjectCommand({ Bucket, Key, Range });
      const stream = Readable.from(
        chunks(() => client.send(wanted, { abortSignal: abort.signal })),
        { objectMode: false },
      );
      stream.once('close', () => abort.abort());
      return stream;
    },
    async size(Key) {
      const found = await missingIsNull(client.send(new HeadObjectCommand({ Bucket, Key })));
      return found === null ? null : (found.ContentLength ?? 0);
    },
    async remove(Key) {
      await missingIsNull(client.send(new DeleteObjectCommand({ Bucket, Key })));
    },
    list: (prefix) => listed(client, Bucket, prefix),
    async check() {
      await store.put(CHECK_KEY, new Uint8Array());
      await store.remove(CHECK_KEY);
    },
  };
  return store;
}

async function* chunks(send: () => Promise<{ readonly Body?: unknown }>): AsyncGenerator<Uint8Array> {
  const { Body } = await explained(send());
  if (!(Body instanceof Readable)) throw new ObjectStoreError('The storage sent no content.', false, null);
  try {
    yield* Body;
  } catch (error) {
    throw explain(error);
  }
}

async function* listed(client: S3Client, Bucket: string, Prefix: string): AsyncGenerator<StoredObject> {
  let ContinuationToken: string | undefined;
  do {
    const page = await explained(
      client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken })),
    );
    for (const { Key, Size } of page.Contents ?? []) {
      if (Key !== undefined) yield { key: Key, size: Size ?? 0 };
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}

function explained<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    throw explain(error);
  });
}

async function missingIsNull<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    // HEAD answers have no body, so a missing bucket looks the same as a missing object.
    if (statusOf(error) === 404) return null;
    throw explain(error);
  });
}

function explain(error: unknown): ObjectStoreError {
  const status = statusOf(error);
  const unreachable = status === undefined || status >= 500;
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return new ObjectStoreError(`The storage failed: ${said}${code}`, unreachable, error);
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
