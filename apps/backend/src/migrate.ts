import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { migrate } from '@streamus/db';

const envFile = join(import.meta.dirname, '..', '..', '..', '.env');
const settings = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
const url = process.env.DATABASE_URL ?? settings.DATABASE_URL;

if (url === undefined) {
  process.stderr.write(
    'DATABASE_URL is not set: copy .env.example to .env and uncomment "Parts you run yourself".\n',
  );
  process.exitCode = 1;
} else {
  const applied = await migrate(url);
  process.stdout.write(
    applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.join(', ')}.\n`,
  );
}
