import { buildAvcC, NO_PARAMETER_SETS, toAvcc, updateParameterSets } from '@streamus/media-formats';
import { makeClip } from '@streamus/testkit/publisher';
import { AAC_CONFIG } from '../egress/aac-encoder.ts';
import { hlsPushers } from '../egress/hls-pusher.ts';
import { videoItem } from '../egress/show-item.ts';

/** Writes a watch page's files into the folder it is told, says so, and lives until it is killed, as an egress process does. */
const folder = process.argv[2];
if (folder === undefined) throw new Error('no folder was given');
const clip = await makeClip({ width: 320, height: 180, fps: 10, seconds: 2, kbps: 300 });
const sets = updateParameterSets(NO_PARAMETER_SETS, clip.pictures[0]?.nals ?? []);
const pusher = hlsPushers(() => undefined)(
  { kind: 'hls', folder },
  { headers: { avcC: buildAvcC(sets), audio: AAC_CONFIG }, time: 0 },
  { live: () => process.stdout.write('live\n'), ended: () => undefined },
);
for (let turn = 0; turn < 6; turn += 1) {
  const items = clip.pictures.map(({ nals, key }, index) =>
    videoItem(turn * 2_000 + (index * 1_000) / clip.fps, toAvcc(nals), key),
  );
  pusher.send(items, () => undefined);
}
setInterval(() => undefined, 60_000);
