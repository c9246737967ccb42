import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join as joinPath, normalize } from 'node:path';
import { json } from 'node:stream/consumers';
import {
  type ClientMessage,
  type ComposerHolder,
  type ConnectionId,
  clientMessageSchema,
  connectionIdSchema,
  errorBody,
  REALTIME_PATH,
  type RoomGrant,
  type ServerMessage,
  type StudioEvent,
} from '@streamus/contracts';
import {
  type AnyCommand,
  newStudioDocument,
  type PersonId,
  type Programme,
  personIdSchema,
  type Role,
  reduce,
} from '@streamus/studio';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { LivekitServer } from '../livekit-server/index.ts';
import { roomToken } from '../livekit-server/token.ts';

/**
 * A studio in one process for tests of clients: pages from a folder, the realtime socket, the composer's lease and
 * room tokens, without accounts or a database. Who comes without a guest token is the host; every guest token is a
 * guest of its own.
 */
export interface StudioServer {
  readonly url: string;
  readonly host: PersonId;
  /** The person a guest token stands for; joins the studio when new. */
  guest(token: string): PersonId;
  /** Runs a command as the system does. */
  run(command: AnyCommand): void;
  mute(person: PersonId): Promise<void>;
  /** Cuts every realtime socket, as a restarted backend does. */
  cutSockets(): void;
  readonly epoch: number;
  close(): Promise<void>;
}

interface Member {
  readonly socket: WebSocket;
  readonly person: PersonId;
  readonly role: Role;
  readonly connection: ConnectionId;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
const claimSchema = z.object({
  connection: connectionIdSchema,
  takeOver: z.boolean(),
  resumeEpoch: z.int().nullable().default(null),
});

export async function startStudioServer(options: {
  pages: string;
  livekit: LivekitServer;
  programme: Programme;
}): Promise<StudioServer> {
  const { livekit, pages } = options;
  const room = `studio-${randomUUID()}`;
  const host = personIdSchema.parse(randomUUID());
  const guests = new Map<string, PersonId>();
  const members = new Set<Member>();
  const log: StudioEvent[] = [];
  let document = newStudioDocument(options.programme);
  let lease: ComposerHolder = null;
  let epoch = 0;

  const send = ({ socket }: Member, message: ServerMessage): void => socket.send(JSON.stringify(message));
  const broadcast = (message: ServerMessage): void => {
    for (const member of members) send(member, message);
  };

  function append(command: AnyCommand, by: PersonId | null, commandId: string | null): StudioEvent | string {
    const at = new Date();
    const reduced = reduce(document, command, { live: false, by, atMs: at.getTime() });
    if (!reduced.ok) return reduced.refusal;
    document = reduced.document;
    const event = { seq: log.length + 1, command, by, commandId, at: at.toISOString() };
    log.push(event);
    broadcast({ type: 'event', event });
    return event;
  }

  function grant(identity: string, canSubscribe: boolean): RoomGrant {
    const token = roomToken(livekit, room, identity, { canPublish: true, canSubscribe });
    return { identity, url: livekit.url.replace('http', 'ws'), token, seconds: 3_600 };
  }

  function presence() {
    const people = new Set([...members].map(({ person }) => person));
    return [...people].map((person) => ({
      person,
      connections: [...members]
        .filter((member) => member.person === person)
        .map(({ connection }) => connection),
    }));
  }

  function guest(token: string): PersonId {
    const known = guests.get(token);
    if (known !== undefined) return known;
    const person = personIdSchema.parse(randomUUID());
    guests.set(token, person);
    append({ type: 'add-person', person: { id: person, name: `Guest ${token}`, role: 'guest' } }, null, null);
    return person;
  }

  function join(socket: WebSocket, hello: Extract<ClientMessage, { type: 'hello' }>): Member {
    const person = hello.guestToken === null ? host : guest(hello.guestToken);
    const role = hello.guestToken === null ? 'host' : 'guest';
    const connection = connectionIdSchema.parse(randomUUID());
    const member = { socket, person, role, connection } as const;
    members.add(member);
    const { lastSeq, pending } = hello;
    send(member, {
      type: 'welcome',
      you: { person, role, connection },
      studioName: 'Studio',
      document: lastSeq === null ? document : null,
      events: lastSeq === null ? [] : log.slice(lastSeq),
      applied: log.flatMap(({ commandId }) =>
        commandId !== null && pending.includes(commandId) ? commandId : [],
      ),
      seq: log.length,
      atMs: Date.now(),
      room: grant(`person:${person}:${connection}`, true),
      presence: presence(),
      composer: lease,
      stream: null,
      outputs: [],
      programme: null,
      composing: null,
    });
    broadcast({ type: 'presence', presence: presence() });
    return member;
  }

  function leave(member: Member): void {
    members.delete(member);
    if (lease?.connection === member.connection) {
      lease = null;
      broadcast({ type: 'composer', composer: null });
    }
    broadcast({ type: 'presence', presence: presence() });
  }

  function receive(member: Member, message: ClientMessage): void {
    if (message.type === 'ping') send(member, { type: 'pong', n: message.n, atMs: Date.now() });
    if (message.type !== 'command') return;
    if (message.command.type === 'mute-person') void mute(message.command.person);
    const result = append(message.command, member.person, message.id);
    if (typeof result === 'string') send(member, { type: 'refused', id: message.id, code: 'not_on_stage' });
    else send(member, { type: 'accepted', id: message.id, seq: result.seq });
  }

  async function twirp(method: string, body: object): Promise<unknown> {
    const token = roomToken(livekit, room, 'control', {
      canPublish: false,
      canSubscribe: false,
      roomAdmin: true,
    });
    const response = await fetch(`${livekit.url}/twirp/livekit.RoomService/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ room, ...body }),
    });
    return response.json();
  }

  async function mute(person: PersonId): Promise<void> {
    const listed = participantsSchema.parse(await twirp('ListParticipants', {}));
    for (const { identity, tracks } of listed.participants) {
      if (!identity.startsWith(`person:${person}:`)) continue;
      for (const { sid, source } of tracks) {
        if (source === 'MICROPHONE')
          await twirp('MutePublishedTrack', { identity, track_sid: sid, muted: true });
      }
    }
  }

  async function claim(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const wish = claimSchema.parse(await json(request));
    const member = [...members].find(({ connection }) => connection === wish.connection);
    const elsewhere = lease !== null && lease.connection !== wish.connection;
    response.setHeader('content-type', 'application/json');
    if (member === undefined || (elsewhere && !wish.takeOver)) {
      response.statusCode = 409;
      response.end(JSON.stringify(errorBody('composer_elsewhere')));
      return;
    }
    const replaced = wish.resumeEpoch !== null && wish.resumeEpoch === epoch ? null : epoch;
    if (replaced !== null) epoch += 1;
    lease = { epoch, connection: member.connection, person: member.person };
    broadcast({ type: 'composer', composer: lease });
    if (replaced !== null && replaced > 0)
      await twirp('RemoveParticipant', { identity: `composer:${replaced}` });
    response.end(JSON.stringify({ epoch, room: grant(`composer:${epoch}`, false) }));
  }

  function page(request: IncomingMessage, response: ServerResponse): void {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = joinPath(pages, normalize(path === '/' ? '/index.html' : path));
    if (!file.startsWith(pages) || !existsSync(file)) {
      response.statusCode = 404;
      response.end();
      return;
    }
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  }

  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url?.endsWith('/composer')) {
      claim(request, response).catch(() => response.writeHead(500).end());
    } else page(request, response);
  });
  const sockets = new WebSocketServer({ server, path: REALTIME_PATH });
  sockets.on('connection', (socket) => {
    let member: Member | null = null;
    socket.on('message', (data) => {
      const message = clientMessageSchema.parse(JSON.parse(String(data)));
      if (message.type === 'hello') member = join(socket, message);
      else if (member !== null) receive(member, message);
    });
    socket.on('close', () => member && leave(member));
  });

  append({ type: 'add-person', person: { id: host, name: 'The Host', role: 'host' } }, null, null);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    url: `http://127.0.0.1:${address.port}`,
    host,
    guest,
    run: (command) => void append(command, null, null),
    mute,
    cutSockets() {
      for (const { socket } of members) socket.terminate();
    },
    get epoch() {
      return epoch;
    },
    async close() {
      for (const { socket } of members) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const participantsSchema = z.object({
  participants: z
    .array(
      z.object({
        identity: z.string(),
        tracks: z.array(z.object({ sid: z.string(), source: z.string().default('') })).default([]),
      }),
    )
    .default([]),
});
