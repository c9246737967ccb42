import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientMessage, type ServerMessage, serverMessageSchema } from '@streamus/contracts';
import { openDatabase } from '@streamus/db';
import { createLogger } from '@streamus/platform';
import { DOCUMENT_VERSION } from '@streamus/studio';
import { inject, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { readConfig } from '../src/config.ts';
import { startBackend } from '../src/start-backend.ts';

export interface Answer {
  readonly status: number;
  // Bodies are looked into freely by tests; the contract is checked by the server before they leave.
  readonly body: ReturnType<typeof JSON.parse>;
  readonly headers: Headers;
}

/** Somebody with a cookie jar. */
export class Caller {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();
  bearer: string | null = null;

  constructor(origin: string) {
    this.#origin = origin;
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const binary = body instanceof Uint8Array;
    const response = await fetch(`${this.#origin}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined || binary ? {} : { 'content-type': 'application/json' }),
        ...(this.bearer === null ? {} : { authorization: `Bearer ${this.bearer}` }),
        cookie: this.cookieHeader(),
        ...headers,
      },
      ...(body === undefined ? {} : { body: binary ? Buffer.from(body) : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const text = await response.text();
    return { status: response.status, body: parseJson(text), headers: response.headers };
  }

  cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  /** Opens the realtime socket with this caller's cookies. */
  connect(): RealtimeClient {
    const url = `${this.#origin.replace(/^http/, 'ws')}/api/v1/realtime`;
    return new RealtimeClient(new WebSocket(url, { headers: { cookie: this.cookieHeader() } }));
  }
}

function parseJson(text: string): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Collects server messages and lets a test wait for the next that fits. */
export class RealtimeClient {
  readonly #socket: WebSocket;
  readonly received: ServerMessage[] = [];
  readonly #waiting = new Set<() => void>();
  readonly closed: Promise<number>;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', (code) => resolve(code)));
    socket.on('message', (data) => {
      this.received.push(serverMessageSchema.parse(JSON.parse(data.toString())));
      for (const check of this.#waiting) check();
    });
  }

  async send(message: ClientMessage): Promise<void> {
    if (this.#socket.readyState === WebSocket.CONNECTING) {
      await new Promise((resolve) => this.#socket.once('open', resolve));
    }
    this.#socket.send(JSON.stringify(message));
  }

  /** The first message, received already or yet to come, of `type` that passes `fits`. */
  next<T extends ServerMessage['type']>(
    type: T,
    fits: (message: Extract<ServerMessage, { type: T }>) => boolean = () => true,
  ): Promise<Extract<ServerMessage, { type: T }>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`No fitting "${type}" among ${JSON.stringify(this.received).slice(0, 2000)}`));
      }, 5_000);
      const check = () => {
        for (const message of this.received) {
          if (!isOfType(message, type) || !fits(message)) continue;
          clearTimeout(timer);
          this.#waiting.delete(check);
          resolve(message);
          return;
        }
      };
      this.#waiting.add(check);
      check();
    });
  }

  close(): void {
    this.#socket.close();
  }
}

function isOfType<T extends ServerMessage['type']>(
  message: ServerMessage,
  type: T,
): message is Extract<ServerMessage, { type: T }> {
  return message.type === type;
}

export interface BackendUnderTest {
  readonly origin: string;
  readonly dataFolder: string;
  caller(): Caller;
  /** Registers a fresh account; the studio it starts with comes along. */
  account(): Promise<{ caller: Caller; studioId: string; email: string; username: string }>;
  close(): Promise<void>;
}

export const PASSWORD = 'correct horse battery';
let accounts = 0;

/** Starts a backend on the suite's database. */
export async function startBackendUnderTest(
  settings: Record<string, string> = {},
): Promise<BackendUnderTest> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'streamus-backend-'));
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: inject('databaseUrl'),
    DATA_DIR: dataFolder,
    JWT_SECRET: randomBytes(32).toString('base64'),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    LIVEKIT_URL: 'ws://127.0.0.1:9',
    LIVEKIT_API_KEY: 'test',
    LIVEKIT_API_SECRET: randomBytes(32).toString('base64'),
    ...settings,
  });
  await haveMediaWorker();
  const backend = await startBackend(config, createLogger('test', 'silent'), '0.0.0');
  const caller = () => new Caller(backend.address);
  return {
    origin: backend.address,
    dataFolder,
    caller,
    async account() {
      accounts += 1;
      const username = `user-${process.pid}-${Date.now().toString(36)}-${accounts}`;
      const email = `${username}@example.org`;
      const someone = caller();
      const answer = await someone.call(
        'POST',
        '/auth/register',
        { email, username, password: PASSWORD },
        { 'x-forwarded-for': `10.0.${accounts >> 8}.${accounts & 255}` },
      );
      if (answer.status !== 200) throw new Error(`register: ${JSON.stringify(answer.body)}`);
      return { caller: someone, studioId: answer.body.studioId, email, username };
    },
    async close() {
      await backend.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** A media worker with room for everything these tests make live; no real one runs here. */
async function haveMediaWorker(): Promise<void> {
  const { db, close } = openDatabase(inject('databaseUrl'), 1, () => undefined);
  await db
    .insertInto('media_workers')
    .values({
      id: '00000000-0000-4000-8000-00000000000a',
      host: 'test',
      capacity_cores: 1_000,
      used_cores: 0,
      seen_at: '2100-01-01T00:00:00Z',
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  await close();
}

/** Enters a studio over the realtime socket; the socket closes with the test. */
export async function enter(
  caller: Caller,
  studioId: string,
  options: { guestToken?: string; lastSeq?: number; pending?: readonly string[] } = {},
): Promise<{ client: RealtimeClient; welcome: Extract<ServerMessage, { type: 'welcome' }> }> {
  const client = caller.connect();
  onTestFinished(() => client.close());
  const hello = {
    type: 'hello',
    studioId,
    guestToken: options.guestToken ?? null,
    lastSeq: options.lastSeq ?? null,
    documentVersion: DOCUMENT_VERSION,
    pending: options.pending ?? [],
  };
  await client.send(hello as ClientMessage);
  return { client, welcome: await client.next('welcome') };
}
