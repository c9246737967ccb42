import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { channels, type StreamId, type StudioId, streamIdSchema, studioIdSchema } from '@streamus/contracts';
import { type Listener, listen } from '@streamus/db';
import type { Logger } from '@streamus/platform';
import { type PersonId, personIdSchema } from '@streamus/studio';
import { CONFIG, type Config, LOGGER } from '../../config.ts';
import { StreamsRepository } from '../streams/streams-repository.ts';
import { OpenConnections } from './open-connections.ts';
import { StudioChannel } from './studio-channel.ts';

/** Turns notifications of the bus into news for the open studios. */
@Injectable()
export class BusListener implements OnApplicationBootstrap, OnApplicationShutdown {
  #listener: Listener | null = null;
  readonly #studioOfStream = new Map<StreamId, StudioId>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(OpenConnections) private readonly open: OpenConnections,
    @Inject(StudioChannel) private readonly channel: StudioChannel,
    @Inject(StreamsRepository) private readonly streams: StreamsRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#listener = listen(
      this.config.DATABASE_URL.reveal(),
      Object.values(channels),
      (channel, payload) => this.#onMessage(channel, payload),
      () => this.#readAllAgain(),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#listener?.close();
  }

  #onMessage(channel: string, payload: string): void {
    const [first = '', second = ''] = payload.split(':');
    switch (channel) {
      case channels.studioEvents:
        this.#withStudio(first, (studioId) => this.channel.announceEvents(studioId));
        break;
      case channels.studioChanged:
        this.#withStudio(first, (studioId) => this.channel.announceStudio(studioId));
        break;
      case channels.composer:
        this.#withStudio(first, (studioId) => this.channel.announceComposer(studioId));
        break;
      case channels.removed:
        this.#withStudio(first, (studioId) => this.#closeRemoved(studioId, personIdSchema.parse(second)));
        break;
      case channels.streamWanted:
      case channels.streamHealth:
        void this.#announceStream(first);
    }
  }

  #withStudio(text: string, act: (studioId: StudioId) => void): void {
    const id = studioIdSchema.safeParse(text);
    if (id.success) act(id.data);
  }

  async #announceStream(text: string): Promise<void> {
    const id = streamIdSchema.safeParse(text);
    if (!id.success) return;
    try {
      const studioId = this.#studioOfStream.get(id.data) ?? (await this.streams.find(id.data))?.studio_id;
      if (studioId === undefined) return;
      this.#studioOfStream.set(id.data, studioId);
      this.channel.announceStream(studioId);
    } catch (error) {
      this.logger.warn({ err: error, streamId: id.data }, 'stream news could not be read');
    }
  }

  #closeRemoved(studioId: StudioId, person: PersonId): void {
    for (const connection of this.open.of(studioId)) {
      if (connection.member.person === person) connection.bye('removed_from_studio');
    }
  }

  /** Notifications may have been missed while the connection was down. */
  #readAllAgain(): void {
    for (const studioId of this.open.studios()) {
      this.channel.announceStudio(studioId);
      this.channel.announceEvents(studioId);
      this.channel.announceComposer(studioId);
      this.channel.announceStream(studioId);
    }
  }
}
