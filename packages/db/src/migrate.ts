import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** One migration at a time per database: key of the advisory lock, chosen at random once. */
const MIGRATION_LOCK = 727_265_491;
const folder = join(import.meta.dirname, '..', 'migrations');

/** A migration that has been applied must never change. */
export class MigrationChangedError extends Error {
  constructor(migration: string) {
    super(`Migration ${migration} was changed after it had been applied. Write a new migration instead.`);
  }
}

/** Applies the plain SQL migrations that are missing, in order, each in its own transaction; returns their names. */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(
      `create table if not exists migrations
         (name text primary key, hash text not null, applied_at timestamptz not null default now())`,
    );
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migrations');
    const applied = new Map(rows.map((row) => [row.name, row.hash]));
    const added: string[] = [];
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
      const sql = await readFile(join(folder, name), 'utf8');
      const hash = createHash('sha256').update(sql).digest('hex');
      const known = applied.get(name);
      if (known === hash) continue;
      if (known !== undefined) throw new MigrationChangedError(name);
      await applyMigration(client, name, hash, sql);
      added.push(name);
    }
    return added;
  } finally {
    await client.end();
  }
}

async function applyMigration(client: pg.Client, name: string, hash: string, sql: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into migrations (name, hash) values ($1, $2)', [name, hash]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
