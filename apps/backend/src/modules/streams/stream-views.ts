import {
  idleOutputHealth,
  type OutputView,
  outputHealthSchema,
  type ProgrammeHealth,
  programmeHealthSchema,
  type StreamView,
} from '@streamus/contracts';
import type { StreamsRepository } from './streams-repository.ts';

export type StreamRow = NonNullable<Awaited<ReturnType<StreamsRepository['find']>>>;
export type OutputRow = Awaited<ReturnType<StreamsRepository['outputs']>>[number];

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

export function streamView(row: StreamRow): StreamView {
  return {
    id: row.id,
    studioId: row.studio_id,
    title: row.title,
    description: row.description,
    status: row.status,
    record: row.settings.record,
    programme: row.settings.programme,
    scheduledStart: time(row.scheduled_start),
    startedAt: time(row.actual_start),
    endedAt: time(row.end_time),
    watchPath: `/watch/${row.id}`,
    createdAt: row.created_at.toISOString(),
  };
}

/** Null: a media worker of another version wrote it. */
export function programmeView(health: unknown): ProgrammeHealth | null {
  return programmeHealthSchema.safeParse(health).data ?? null;
}

export function outputView(row: OutputRow): OutputView {
  const health = outputHealthSchema.safeParse(row.metadata);
  return {
    id: row.id,
    destinationId: row.destination_id,
    platform: row.platform,
    name: row.name,
    health: health.success ? health.data : idleOutputHealth,
  };
}
