import type { ProgrammeHealth, StreamHappening } from '@streamus/contracts';
import type { FlvTag } from '@streamus/media-formats';
import type { RtmpSink } from '@streamus/testkit/rtmp-sink';
import type { MediaRig, RigStream } from './rig.ts';

/** Health of a stream and when its worker wrote it; undefined as long as none has. */
export function savedHealth(
  { database }: MediaRig,
  { id }: RigStream,
): Promise<{ health: ProgrammeHealth; updated_at: Date } | undefined> {
  return database.db
    .selectFrom('stream_health')
    .select(['health', 'updated_at'])
    .where('stream_id', '=', id)
    .executeTakeFirst();
}

/** What the event log of a stream tells, oldest first. */
export async function happeningsIn({ database }: MediaRig, { id }: RigStream): Promise<StreamHappening[]> {
  const rows = await database.db
    .selectFrom('stream_events')
    .select('event')
    .where('stream_id', '=', id)
    .orderBy('id')
    .execute();
  return rows.map(({ event }) => event);
}

/** Of the latest publication. */
export const latestTags = (sink: RtmpSink): readonly FlvTag[] => sink.publications.at(-1)?.tags ?? [];

/** Waits until the sink has got this much more of the show, ms. */
export function moreShow(sink: RtmpSink, ms: number): Promise<void> {
  const last = () => latestTags(sink).at(-1)?.time ?? 0;
  const goal = last() + ms;
  return sink.until(() => last() >= goal, `${ms} ms more show`);
}
