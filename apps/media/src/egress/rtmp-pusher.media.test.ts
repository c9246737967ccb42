import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildAvcC,
  FlvReader,
  NO_PARAMETER_SETS,
  readFlvContent,
  toAvcc,
  updateParameterSets,
} from '@streamus/media-formats';
import { startNginxRtmp } from '@streamus/testkit/nginx-rtmp';
import { makeClip } from '@streamus/testkit/publisher';
import { expect, test } from 'vitest';
import { AAC_CONFIG } from './aac-encoder.ts';
import { rtmpPushers } from './rtmp-pusher.ts';
import { videoItem } from './show-item.ts';

test('a real nginx records what it is sent, byte for byte', async () => {
  const nginx = await startNginxRtmp();
  try {
    const clip = await makeClip({ width: 640, height: 360, fps: 10, seconds: 4, kbps: 4_000 });
    const avcC = buildAvcC(updateParameterSets(NO_PARAMETER_SETS, clip.pictures[0]?.nals ?? []));
    const units = clip.pictures.map(({ nals }) => toAvcc(nals));
    const { promise: taken, resolve } = Promise.withResolvers<void>();
    const pusher = rtmpPushers({ caFile: '', allowPrivate: true, log: () => undefined })(
      { kind: 'rtmp', url: nginx.url, key: 'a-key' },
      { headers: { avcC, audio: AAC_CONFIG }, time: 5_000 },
      { live: () => undefined, ended: () => undefined },
    );
    pusher.send(
      units.map((unit, index) => videoItem(5_000 + index * 100, unit, clip.pictures[index]?.key === true)),
      resolve,
    );
    await taken;
    await pusher.finish();
    expect(await readdir(nginx.recordings)).toEqual(['a-key.flv']);
    const tags = new FlvReader().push(await readFile(join(nginx.recordings, 'a-key.flv')));
    const recorded = tags.flatMap((tag) => {
      const content = readFlvContent(tag);
      return content.kind === 'video' ? [Buffer.from(content.unit).toString('base64')] : [];
    });
    expect(recorded).toEqual(units.map((unit) => Buffer.from(unit).toString('base64')));
  } finally {
    await nginx.close();
  }
});
