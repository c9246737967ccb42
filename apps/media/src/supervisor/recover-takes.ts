import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TAKES_PREFIX, takePrefix } from '@streamus/contracts';
import type { Logger } from '@streamus/platform';
import { type ObjectStore, removeAll } from '@streamus/platform/objects';
import { salvageTake } from '../recorder/salvage.ts';
import {
  KEPT,
  PART_FILE,
  type PartFacts,
  partFactsSchema,
  readSegmentName,
  takeFolder,
  workFolder,
} from '../recorder/take.ts';
import type { RecordingRepository } from './recording-repository.ts';

/** A recording is purged a day after its deletion at the earliest: what is younger and has no row was not deleted. */
const NOT_PURGED_MS = 24 * 3_600_000;

export interface RecoveryParts {
  readonly repository: Pick<RecordingRepository, 'statusOf' | 'reopen' | 'adopt'>;
  readonly store: ObjectStore;
  readonly dataDir: string;
  readonly logger: Logger;
}

/**
 * Once, at the start: finds for every take that is on this machine the recording it belongs to. What was given up is
 * tried again, a lost row is written again, and what came too late for a recording becomes one of its own. What was being
 * made of takes that nobody waits for is swept away.
 */
export async function recoverTakes(ids: readonly string[], parts: RecoveryParts): Promise<void> {
  const statuses = await parts.repository.statusOf(ids);
  for (const id of ids) {
    const status = statuses.get(id);
    if (status === 'error') await parts.repository.reopen(id);
    else if (status === 'ready') await keepLate(id, parts);
    else if (status === undefined) await adopt(id, parts);
  }
  await sweepWork(parts);
}

/** What was encoded for recordings that somebody else has finished since, or that are gone. */
async function sweepWork({ repository, dataDir }: RecoveryParts): Promise<void> {
  const ids = await readdir(workFolder(dataDir)).catch(() => []);
  const statuses = await repository.statusOf(ids);
  for (const id of ids) {
    if (statuses.get(id) !== 'processing') await rm(join(workFolder(dataDir), id), { recursive: true });
  }
}

/** Once, at the start: takes in the store whose recording is ready go. A store that does not answer keeps nobody waiting. */
export async function sweepStore({
  repository,
  store,
  logger,
}: Omit<RecoveryParts, 'dataDir'>): Promise<void> {
  try {
    const ids = new Set<string>();
    for await (const { key } of store.list(TAKES_PREFIX)) ids.add(key.split('/')[1] ?? '');
    for (const [id, status] of await repository.statusOf([...ids])) {
      if (status === 'ready') await removeAll(store, takePrefix(id));
    }
  } catch (error) {
    logger.warn({ error: String(error) }, 'finished takes stay in the object store for now');
  }
}

async function keepLate(id: string, parts: RecoveryParts): Promise<void> {
  const folder = takeFolder(parts.dataDir, id);
  const facts = await factsOf(folder);
  await salvageTake(folder);
  const paths = (await readdir(folder, { recursive: true })).map((path) => path.split('/'));
  const late = paths.some((path) => readSegmentName(path.at(-1) ?? '') !== undefined && path.at(-2) !== KEPT);
  if (!late) {
    await rm(folder, { recursive: true, force: true });
    return;
  }
  if (facts === undefined) {
    parts.logger.warn({ recording: id }, 'late segments without their facts; they are left where they are');
    return;
  }
  const own = randomUUID();
  // Should the next step fail, the folder is one without a row, which the next start adopts.
  await rename(folder, takeFolder(parts.dataDir, own));
  await parts.repository.adopt(own, facts.streamId);
  parts.logger.warn({ recording: id, late: own }, 'segments came too late for their recording');
}

async function adopt(id: string, { repository, dataDir, logger }: RecoveryParts): Promise<void> {
  const facts = await factsOf(takeFolder(dataDir, id));
  const young = facts !== undefined && Date.now() - new Date(facts.startedAt).getTime() < NOT_PURGED_MS;
  if (young && (await repository.adopt(id, facts.streamId))) {
    logger.warn({ recording: id }, 'a take without a recording has one again');
  } else {
    logger.warn({ recording: id }, 'a take belongs to no recording; it is left where it is');
  }
}

/** Of the first part whose facts are on this machine. */
async function factsOf(folder: string): Promise<PartFacts | undefined> {
  for (const part of (await readdir(folder)).sort()) {
    for (const name of [PART_FILE, join(KEPT, PART_FILE)]) {
      const text = await readFile(join(folder, part, name), 'utf8').catch(() => undefined);
      const facts = text === undefined ? undefined : parseFacts(text);
      if (facts !== undefined) return facts;
    }
  }
  return undefined;
}

function parseFacts(text: string): PartFacts | undefined {
  try {
    return partFactsSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
