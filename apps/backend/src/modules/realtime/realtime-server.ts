import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import {
  type ClientMessage,
  COMMAND_MAX_BYTES,
  type ConnectionId,
  clientMessageSchema,
  connectionIdSchema,
  type ErrorCode,
  messageWeight,
  parseCommand,
  REALTIME_PATH,
  type RoomGrant,
  USUAL_MESSAGE_LENGTH,
  unfitCommandSchema,
} from '@streamus/contracts';
import { type Logger, ROOM_TOKEN_SECONDS, signRoomToken } from '@streamus/platform';
import { DOCUMENT_VERSION, type StudioCommand } from '@streamus/studio';
import { type WebSocket, WebSocketServer } from 'ws';
import { CONFIG, type Config, LOGGER } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import { errorCodeOf } from '../../http/error-filter.ts';
import { cameFromOurSite } from '../../http/same-site.ts';
import { Authenticator } from '../auth/authenticator.ts';
import { ComposerRepository, LEASE_SECONDS } from '../composer/composer-repository.ts';
import { type Member, Membership } from '../studios/membership.ts';
import { personIdentity, roomName } from '../studios/room-names.ts';
import { StudioCommands } from '../studios/studio-commands.ts';
import { Connection, sayBye, sendMessage } from './connection.ts';
import { OpenConnections } from './open-connections.ts';
import { Seats } from './seats.ts';
import { StudioChannel } from './studio-channel.ts';

/** A socket that says nothing sensible for this long is closed. */
const HELLO_LIMIT_MS = 10_000;
/** Two missed pongs end a dead connection within 20 s. */
const HEARTBEAT_MS = 10_000;

type Hello = Extract<ClientMessage, { type: 'hello' }>;
/** A command that is none; its author is told why. */
type UnfitCommand = { readonly type: 'unfit-command'; readonly id: string; readonly code: ErrorCode };

/** The realtime socket of studios. */
@Injectable()
export class RealtimeServer implements OnApplicationShutdown {
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: COMMAND_MAX_BYTES });
  readonly #alive = new WeakSet<WebSocket>();
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(Membership) private readonly membership: Membership,
    @Inject(StudioCommands) private readonly commands: StudioCommands,
    @Inject(StudioChannel) private readonly channel: StudioChannel,
    @Inject(OpenConnections) private readonly open: OpenConnections,
    @Inject(Seats) private readonly seats: Seats,
    @Inject(ComposerRepository) private readonly composers: ComposerRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Takes over the HTTP server's upgrade requests. */
  attach(): void {
    const server: Server = this.host.httpAdapter.getHttpServer();
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const path = (request.url ?? '').split('?')[0];
      const ours = path === REALTIME_PATH && cameFromOurSite(request.headers, this.config.CORS_ORIGINS);
      if (!ours) {
        socket.end(
          `HTTP/1.1 ${path === REALTIME_PATH ? '403 Forbidden' : '404 Not Found'}\r\nconnection: close\r\n\r\n`,
        );
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#onSocket(ws, request));
    });
    this.#timers.push(
      setInterval(() => this.#heartbeat(), HEARTBEAT_MS),
      setInterval(() => void this.#renewLeases(), (LEASE_SECONDS * 1000) / 3),
    );
  }

  onApplicationShutdown(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const socket of this.#sockets.clients) socket.close(1012, 'restarting');
    this.#sockets.close();
  }

  #onSocket(socket: WebSocket, request: IncomingMessage): void {
    this.#alive.add(socket);
    socket.on('pong', () => this.#alive.add(socket));
    socket.on('error', (error) => this.logger.debug({ err: error }, 'socket failed'));
    const helloTimer = setTimeout(() => sayBye(socket, 'invalid_input'), HELLO_LIMIT_MS);
    let joining: Promise<Connection | null> | null = null;

    socket.on('message', (data, binary) => {
      const text = binary ? '' : data.toString();
      const isLong = text.length > USUAL_MESSAGE_LENGTH;
      const message = isLong && joining === null ? null : parseMessage(text);
      if (message === null) return sayBye(socket, 'invalid_input');
      if (message.type === 'ping') {
        return sendMessage(socket, { type: 'pong', n: message.n, atMs: Date.now() });
      }
      if (message.type === 'hello') {
        if (joining !== null) return sayBye(socket, 'invalid_input');
        clearTimeout(helloTimer);
        joining = this.#join(socket, request, message);
        return;
      }
      if (joining === null) return sayBye(socket, 'invalid_input');
      void joining.then(async (connection) => {
        if (connection === null) return;
        if (message.type === 'unfit-command') {
          if (isLong) connection.bye('invalid_input');
          else connection.send({ type: 'refused', id: message.id, code: message.code });
        } else if (message.type === 'command') {
          await this.#command(connection, message, messageWeight(text.length));
        } else if (message.type === 'grant') await this.#renewGrant(connection);
        else await this.channel.noteComposing(connection, message.health);
      });
    });
    socket.on('close', () => {
      clearTimeout(helloTimer);
      void joining?.then((connection) => connection && this.#left(connection));
    });
  }

  /** Null: the socket was refused and told why. */
  async #join(socket: WebSocket, request: IncomingMessage, hello: Hello): Promise<Connection | null> {
    try {
      // It could neither read the document nor apply what happens to it.
      if (hello.documentVersion !== DOCUMENT_VERSION) throw new AppError('client_outdated');
      const member = await this.#memberOf(request, hello);
      await this.seats.take(member);
      const id = connectionIdSchema.parse(randomUUID());
      const room = await this.#grant(member, id);
      const connection = await this.channel.join(
        member.studioId,
        hello,
        (seq) => new Connection(id, member, seq, socket),
        {
          you: { person: member.person, role: member.role, connection: id },
          room,
        },
      );
      if (connection === null) sayBye(socket, 'not_found');
      return connection;
    } catch (error) {
      const code = errorCodeOf(error);
      if (code === 'internal') this.logger.error({ err: error }, 'hello failed');
      sayBye(socket, code);
      return null;
    }
  }

  async #grant(member: Member, id: ConnectionId): Promise<RoomGrant> {
    const identity = personIdentity(member.person, id);
    const token = await signRoomToken(
      { apiKey: this.config.LIVEKIT_API_KEY, apiSecret: this.config.LIVEKIT_API_SECRET },
      {
        room: roomName(member.studioId),
        identity,
        name: member.name,
        role: 'person',
        ttlSeconds: ROOM_TOKEN_SECONDS,
      },
    );
    return { identity, url: this.config.LIVEKIT_PUBLIC_URL ?? null, token, seconds: ROOM_TOKEN_SECONDS };
  }

  /** Who asks too often gets none; they ask again. */
  async #renewGrant(connection: Connection): Promise<void> {
    if (!connection.mayCommand(Date.now(), 1)) return;
    connection.send({ type: 'grant', room: await this.#grant(connection.member, connection.id) });
  }

  async #memberOf(request: IncomingMessage, hello: Hello): Promise<Member> {
    const actor =
      hello.guestToken === null
        ? await this.authenticator.actorOf({ cookie: request.headers.cookie })
        : await this.authenticator.guestOf(hello.guestToken);
    return this.membership.of(actor ?? { kind: 'anonymous' }, hello.studioId);
  }

  async #command(
    connection: Connection,
    message: Extract<ClientMessage, { type: 'command' }>,
    weight: number,
  ): Promise<void> {
    const { id, command } = message;
    if (!connection.mayCommand(Date.now(), weight)) {
      connection.send({ type: 'refused', id, code: 'too_many_commands' });
      return;
    }
    await connection.inOrder(() => this.#run(connection, id, command));
  }

  async #run(connection: Connection, id: string, command: StudioCommand): Promise<void> {
    try {
      connection.send({ type: 'accepted', id, seq: await this.commands.run(connection.member, id, command) });
    } catch (error) {
      const code = errorCodeOf(error);
      if (code === 'internal') this.logger.error({ err: error, command: command.type }, 'command failed');
      connection.send({ type: 'refused', id, code });
    }
  }

  async #left(connection: Connection): Promise<void> {
    const { studioId } = connection.member;
    this.open.remove(connection);
    this.channel.announcePresence(studioId);
    this.seats.left(connection.member);
    try {
      await this.composers.release(studioId, connection.id);
    } catch (error) {
      this.logger.warn({ err: error, studioId }, 'composer lease was not released; it runs out by itself');
    }
  }

  #heartbeat(): void {
    for (const socket of this.#sockets.clients) {
      if (!this.#alive.has(socket)) {
        socket.terminate();
        continue;
      }
      this.#alive.delete(socket);
      socket.ping();
    }
  }

  async #renewLeases(): Promise<void> {
    const connections = this.open
      .studios()
      .flatMap((studioId) => [...this.open.of(studioId)].map(({ id }) => id));
    try {
      await this.composers.renew(connections);
    } catch (error) {
      this.logger.warn({ err: error }, 'composer leases were not renewed');
    }
  }
}

function parseMessage(text: string): ClientMessage | UnfitCommand | null {
  const value = parseJson(text);
  const message = clientMessageSchema.safeParse(value);
  if (message.success) return message.data;
  const unfit = unfitCommandSchema.safeParse(value);
  if (!unfit.success) return null;
  const parsed = parseCommand(unfit.data.command);
  return parsed.ok ? null : { type: 'unfit-command', id: unfit.data.id, code: parsed.code };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
