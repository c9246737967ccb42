import { migrate } from '@streamus/db';
import { readConfig } from './config.ts';

const applied = await migrate(readConfig(process.env).DATABASE_URL.reveal());
process.stdout.write(
  applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.join(', ')}.\n`,
);
