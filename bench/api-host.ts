import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roomToken } from '@streamus/testkit/livekit-token';
import type { Product } from '@streamus/testkit/product';
import { z } from 'zod';

const secretsSchema = z.object({ livekitKey: z.string(), livekitSecret: z.string() });
const idSchema = z.object({ id: z.string() });
const streamSchema = z.object({
  stream: idSchema,
  outputs: z.array(z.object({ id: z.string(), platform: z.string() })),
});

/** A host without a browser: what a benchmark needs of the API. */
export class ApiHost {
  readonly #product: Product;
  #cookie = '';
  studioId = '';

  constructor(product: Product) {
    this.#product = product;
  }

  async register(): Promise<void> {
    const name = `bench-${Date.now().toString(36)}`;
    const body = await this.#call('POST', '/auth/register', {
      email: `${name}@example.org`,
      username: name,
      password: 'correct horse battery',
    });
    this.studioId = z.object({ studioId: z.string() }).parse(body).studioId;
  }

  /** Another studio; what follows is done in it. */
  async enterNewStudio(name: string): Promise<void> {
    this.studioId = idSchema.parse(await this.#call('POST', '/studios', { name })).id;
  }

  async setProgramme(programme: {
    width: number;
    height: number;
    fps: number;
    videoBitrate: number;
  }): Promise<void> {
    const command = { type: 'set-programme', programme };
    await this.#call('POST', `/studios/${this.studioId}/commands`, { id: crypto.randomUUID(), command });
  }

  /** Creates a stream to these RTMP addresses, without the watch page when told so, and goes live; returns its id. */
  async goLive(
    targets: readonly { readonly url: string; readonly key: string }[],
    { watchPage = true }: { readonly watchPage?: boolean } = {},
  ): Promise<string> {
    const created = await this.#call('POST', `/studios/${this.studioId}/streams`, { title: 'Benchmark' });
    const {
      stream: { id },
      outputs,
    } = streamSchema.parse(created);
    for (const output of watchPage ? [] : outputs)
      await this.#call('DELETE', `/streams/${id}/outputs/${output.id}`);
    for (const [index, { url, key }] of targets.entries()) {
      const saved = await this.#call('POST', '/destinations', { name: `Sink ${index + 1}`, url, key });
      await this.#call('POST', `/streams/${id}/outputs`, { destinationId: idSchema.parse(saved).id });
    }
    await this.#call('POST', `/streams/${id}/go-live`);
    return id;
  }

  async end(streamId: string): Promise<void> {
    await this.#call('POST', `/streams/${streamId}/end`);
  }

  /** A token that publishes as the studio's composer, signed with the installation's own key. */
  composerToken(epoch: number): string {
    const file = readFileSync(join(this.#product.dataFolder, 'secrets.json'), 'utf8');
    const { livekitKey, livekitSecret } = secretsSchema.parse(JSON.parse(file));
    return roomToken(
      { apiKey: livekitKey, apiSecret: livekitSecret },
      `studio-${this.studioId}`,
      `composer:${epoch}`,
      {
        canPublish: true,
        canSubscribe: false,
      },
    );
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#product.url}/api/v1${path}`, {
      method,
      headers: {
        cookie: this.#cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0]);
    if (cookies.length > 0) this.#cookie = cookies.join('; ');
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }
}
