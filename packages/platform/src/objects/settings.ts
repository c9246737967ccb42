import { join } from 'node:path';
import { z } from 'zod';
import { Secret } from '../secret.ts';
import { folderObjectStore } from './folder-store.ts';
import { type ObjectStore, ObjectStoreError } from './object-store.ts';
import { type S3Settings, s3ObjectStore } from './s3-store.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const bucketSchema = z.object({
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is not the name of a bucket: 3 to 63 of a-z, 0-9, . and -'),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }).optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string({ error: 'is missing' }),
  S3_SECRET_ACCESS_KEY: z.string({ error: 'is missing' }),
  S3_PATH_STYLE: z.enum(['0', '1'], { error: 'must be 0 or 1' }).optional(),
});
const NAMES = Object.keys(bucketSchema.shape);

/**
 * What the environment says about object storage; null: a folder. Throws one sentence that names every setting at fault,
 * never a value.
 */
export function readS3Settings(environment: Environment): S3Settings | null {
  const said = Object.fromEntries(
    NAMES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  if (Object.keys(said).length === 0) return null;
  const parsed = bucketSchema.safeParse(said);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) =>
        `${issue.path.join('.')} ${issue.path[0] === 'S3_BUCKET' && !('S3_BUCKET' in said) ? 'is missing' : issue.message}`,
    );
    throw new Error(`The settings of the S3 storage are not complete: ${faults.join('; ')}.`);
  }
  const env = parsed.data;
  return {
    endpoint: env.S3_ENDPOINT ?? null,
    region: env.S3_REGION,
    bucket: env.S3_BUCKET,
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: new Secret(env.S3_SECRET_ACCESS_KEY),
    pathStyle: env.S3_PATH_STYLE === undefined ? env.S3_ENDPOINT !== undefined : env.S3_PATH_STYLE === '1',
  };
}

/** The store of this installation: a bucket when there are settings for one, else the folder `objects` below `dataDir`. */
export function openObjectStore(s3: S3Settings | null, dataDir: string): ObjectStore {
  return s3 === null ? folderObjectStore(join(dataDir, 'objects')) : s3ObjectStore(s3);
}

/** Rejects with one sentence when the store can never work as it is set up; one that is only away now is warned of. */
export async function checkAtStart(store: ObjectStore, warn: (text: string) => void): Promise<void> {
  try {
    await store.check();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (!(error instanceof ObjectStoreError) || !error.unreachable)
      throw new Error(`The object storage cannot be used: ${said}`, { cause: error });
    warn(said);
  }
}
