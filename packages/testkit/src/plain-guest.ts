import { DOCUMENT_VERSION } from '@streamus/studio';
import { z } from 'zod';
import { type Clip, type Publisher, publishClip } from './publisher/index.ts';

/** A guest without a browser: seat, socket and room token are the product's own. */
export interface PlainGuest {
  readonly person: string;
  /** Joins the room with the guest's token and publishes. */
  publish(clip: Clip, names?: TrackNames): Publisher;
  leave(): Promise<void>;
}

/** What the guest's camera and microphone are called in the room. */
export interface TrackNames {
  readonly videoName: string;
  readonly audioName: string;
}

const seatSchema = z.object({ studioId: z.string(), person: z.string(), guestToken: z.string() });
type Seat = z.infer<typeof seatSchema>;
const welcomeSchema = z.object({
  type: z.literal('welcome'),
  room: z.object({ url: z.string().nullable(), token: z.string() }),
});
type Welcome = z.infer<typeof welcomeSchema>;

/** Enters the product at `productUrl` by a guest link over REST and the realtime socket, as the page does. */
export async function enterAsPlainGuest(productUrl: string, link: string, name: string): Promise<PlainGuest> {
  const socketUrl = productUrl.replace('http', 'ws');
  const answer = await fetch(`${productUrl}/api/v1/guest-links/enter`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ link: new URL(link).hash.slice(1), name }),
  });
  if (!answer.ok) throw new Error(`${name} was not let in: ${answer.status} ${await answer.text()}`);
  const seat = seatSchema.parse(await answer.json());
  const socket = new WebSocket(`${socketUrl}/api/v1/realtime`);
  const { room } = await welcomeOf(socket, seat);
  const publishers: Publisher[] = [];
  return {
    person: seat.person,
    publish(clip, names = { videoName: 'camera', audioName: 'microphone' }) {
      const publisher = publishClip({
        url: room.url ?? socketUrl,
        token: room.token,
        clip,
        source: 'person',
        ...names,
      });
      publishers.push(publisher);
      return publisher;
    },
    async leave() {
      socket.close();
      for (const publisher of publishers) await publisher.close();
    },
  };
}

function welcomeOf(socket: WebSocket, { studioId, guestToken }: Seat): Promise<Welcome> {
  return new Promise((resolve, reject) => {
    socket.onopen = () =>
      socket.send(
        JSON.stringify({
          ...{ type: 'hello', studioId, guestToken, lastSeq: null },
          documentVersion: DOCUMENT_VERSION,
        }),
      );
    socket.onerror = () => reject(new Error('The realtime socket failed.'));
    socket.onclose = () => reject(new Error('The realtime socket was closed.'));
    socket.onmessage = ({ data }) => {
      const welcome = welcomeSchema.safeParse(JSON.parse(String(data)));
      if (welcome.success) resolve(welcome.data);
    };
  });
}
