import { DOCUMENT_VERSION } from '@streamus/studio';
import { type Clip, type Publisher, publishClip } from '@streamus/testkit/publisher';
import { productUrl } from './people.ts';

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

interface Welcome {
  readonly type: 'welcome';
  readonly room: { readonly url: string | null; readonly token: string };
}

/** Enters by a guest link over REST and the realtime socket, as the page does. */
export async function enterAsPlainGuest(link: string, name: string): Promise<PlainGuest> {
  const answer = await fetch(`${productUrl()}/api/v1/guest-links/enter`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ link: new URL(link).hash.slice(1), name }),
  });
  if (!answer.ok) throw new Error(`${name} was not let in: ${answer.status} ${await answer.text()}`);
  const seat: { studioId: string; person: string; guestToken: string } = await answer.json();
  const socket = new WebSocket(`${productUrl().replace('http', 'ws')}/api/v1/realtime`);
  const { room } = await welcomeOf(socket, seat);
  const publishers: Publisher[] = [];
  return {
    person: seat.person,
    publish(clip, names = { videoName: 'camera', audioName: 'microphone' }) {
      const url = room.url ?? productUrl().replace('http', 'ws');
      const publisher = publishClip({ url, token: room.token, clip, source: 'person', ...names });
      publishers.push(publisher);
      return publisher;
    },
    async leave() {
      socket.close();
      for (const publisher of publishers) await publisher.close();
    },
  };
}

function welcomeOf(
  socket: WebSocket,
  { studioId, guestToken }: { studioId: string; guestToken: string },
): Promise<Welcome> {
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
      const message: Welcome | { readonly type: 'bye' } = JSON.parse(String(data));
      if (message.type === 'welcome') resolve(message);
    };
  });
}
