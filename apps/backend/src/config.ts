import { Secret } from '@streamus/platform';
import { readS3Settings, type S3Settings } from '@streamus/platform/objects';
import { z } from 'zod';

const secret = z
  .string()
  .min(1)
  .transform((value) => new Secret(value));
const flag = z.enum(['0', '1']).transform((value) => value === '1');

const environmentSchema = z.object({
  PORT: z.coerce.number().int().default(3000),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DATABASE_URL: secret,
  DATA_DIR: z.string().min(1),
  /** Address people reach the front door at; links, cookies and origin checks follow it. */
  PUBLIC_URL: z.url().optional(),
  /** Other origins that may call the API with credentials, separated by commas. */
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter((origin) => origin !== ''),
    ),
  JWT_SECRET: secret,
  ENCRYPTION_KEY: secret,
  LIVEKIT_URL: z.url().default('ws://127.0.0.1:7880'),
  /** Address browsers reach LiveKit at when it is not the page's own origin. */
  LIVEKIT_PUBLIC_URL: z.url().optional(),
  LIVEKIT_API_KEY: z.string().min(1),
  LIVEKIT_API_SECRET: secret,
  ALLOW_PRIVATE_TARGETS: flag.default(false),
  EXTRA_CA_FILE: z.string().optional(),
  ALLOW_REGISTRATION: flag.default(true),
});
export interface Config extends z.output<typeof environmentSchema> {
  /** null: objects are files below DATA_DIR. */
  readonly s3: S3Settings | null;
}

/** Reads the environment; throws one sentence that names every setting at fault. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (parsed.success) return { ...parsed.data, s3: readS3Settings(environment) };
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new Error(`The backend's settings are not complete. ${faults}`);
}

export const CONFIG = Symbol('config');
export const LOGGER = Symbol('logger');
export const DATABASE = Symbol('database');
export const OBJECTS = Symbol('objects');
export const SEALER = Symbol('sealer');
export const ROOM_CONTROL = Symbol('room control');
