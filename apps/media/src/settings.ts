import { availableParallelism } from 'node:os';
import { Secret } from '@streamus/platform';
import { readS3Settings, type S3Settings } from '@streamus/platform/objects';
import { z } from 'zod';

/** Share of the machine's cores that streams may take when nothing else is said; the rest is for whatever else runs on it. */
const CAPACITY_SHARE = 0.8;

/** Room that a recording leaves for everything else on the disk, MiB. */
const DISK_RESERVE_MIB = 1_024;
const MIB = 1024 * 1024;

const flag = z.enum(['0', '1']).default('0');

const environmentSchema = z.object({
  DATABASE_URL: z.string().min(1),
  LIVEKIT_URL: z.url(),
  LIVEKIT_API_KEY: z.string().min(1),
  LIVEKIT_API_SECRET: z.string().min(1),
  ENCRYPTION_KEY: z.string().min(1),
  DATA_DIR: z.string().min(1),
  ALLOW_PRIVATE_TARGETS: flag,
  EXTRA_CA_FILE: z.string().optional(),
  MEDIA_CAPACITY_CORES: z.coerce.number().positive().optional(),
  DISK_RESERVE_MIB: z.coerce.number().nonnegative().default(DISK_RESERVE_MIB),
  LOG_LEVEL: z.string().default('info'),
});

export interface Settings {
  readonly databaseUrl: string;
  readonly livekitUrl: string;
  readonly livekitKey: string;
  readonly livekitSecret: Secret;
  readonly encryptionKeys: Secret;
  readonly dataDir: string;
  /** null: objects are files below `dataDir`. */
  readonly s3: S3Settings | null;
  readonly allowPrivateTargets: boolean;
  /** Certificates to trust besides the system's, PEM. */
  readonly extraCaFile: string | null;
  /** Cores that streams may take on this machine. */
  readonly capacityCores: number;
  /** Free space below which people are warned that recording will stop. */
  readonly diskReserveBytes: number;
  readonly logLevel: string;
}

/** Reads the environment; throws with the names of what is missing. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    throw new Error(`The media worker cannot start: ${z.prettifyError(parsed.error)}`);
  }
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    livekitUrl: env.LIVEKIT_URL,
    livekitKey: env.LIVEKIT_API_KEY,
    livekitSecret: new Secret(env.LIVEKIT_API_SECRET),
    encryptionKeys: new Secret(env.ENCRYPTION_KEY),
    dataDir: env.DATA_DIR,
    s3: readS3Settings(environment),
    allowPrivateTargets: env.ALLOW_PRIVATE_TARGETS === '1',
    extraCaFile: env.EXTRA_CA_FILE === undefined || env.EXTRA_CA_FILE === '' ? null : env.EXTRA_CA_FILE,
    capacityCores: env.MEDIA_CAPACITY_CORES ?? availableParallelism() * CAPACITY_SHARE,
    diskReserveBytes: env.DISK_RESERVE_MIB * MIB,
    logLevel: env.LOG_LEVEL,
  };
}
