import { test } from 'vitest';
import { startLivekitServer } from '@streamus/testkit/livekit-server';
import { roomToken } from '@streamus/testkit/livekit-token';
import { makeClip, publishClip } from '@streamus/testkit/publisher';
import { listenForIngest } from './egress/bus-server.ts';
import { Ingest } from './ingest/ingest.ts';
const wait = (ms: number) => new Promise((r) => setTimeout(r, ms));
test('x', async () => {
  const livekit: any = await startLivekitServer();
  const clip = await makeClip({ width: 640, height: 360, fps: 15, seconds: 4, kbps: 800 });
  let n = 0, a = 0;
  await listenForIngest('/tmp/zz/zz.sock', (r: any) => { if (r.kind === 'video') n++; if (r.kind==='opus') a++; }, console.log);
  const pub = async (e: number) => { const p = publishClip({ url: livekit.url, token: roomToken(livekit, 'r', `composer:${e}`, { canPublish: true, canSubscribe: false }), clip }); await p.started; return p; };
  const ingest = new Ingest({ livekitUrl: livekit.url, busPath: '/tmp/zz/zz.sock', token: async () => roomToken(livekit, 'r', 'ingest', { canPublish: false, canSubscribe: true, hidden: true }), log: (m, f) => console.log(m, JSON.stringify(f)) });
  let p = await pub(1);
  await wait(4000); console.log('epoch1', n, a, JSON.stringify(ingest.stats));
  for (const e of [2,3,4]) {
  await p.close(); await wait(1500);
  p = await pub(e); n = 0; a = 0;
  await wait(5000); console.log('epoch', e, n, a, JSON.stringify(ingest.stats));
  }
  await p.close(); ingest.close(); await livekit.close();
}, 60000);
