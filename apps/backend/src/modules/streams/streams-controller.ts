import { Controller, Inject } from '@nestjs/common';
import { routes } from '@streamus/contracts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';
import { streamView } from './stream-views.ts';
import { StreamsRepository } from './streams-repository.ts';
import { StreamsService } from './streams-service.ts';

@Controller()
export class StreamsController {
  constructor(
    @Inject(StreamsService) private readonly streams: StreamsService,
    @Inject(StreamsRepository) private readonly repository: StreamsRepository,
  ) {}

  @Endpoint(routes.listStreams)
  async list(@TheCall() { userId, query }: Call<typeof routes.listStreams>) {
    return { streams: (await this.repository.list(userId, query.studioId)).map(streamView) };
  }

  @Endpoint(routes.createStream)
  create(@TheCall() { member, body }: Call<typeof routes.createStream>) {
    return this.streams.create(member.studioId, body);
  }

  @Endpoint(routes.getStream)
  get(@TheCall() { userId, params }: Call<typeof routes.getStream>) {
    return this.streams.get(params.streamId, userId);
  }

  @Endpoint(routes.updateStream)
  update(@TheCall() { userId, params, body }: Call<typeof routes.updateStream>) {
    return this.streams.update(params.streamId, userId, body);
  }

  @Endpoint(routes.deleteStream)
  remove(@TheCall() { userId, params }: Call<typeof routes.deleteStream>) {
    return this.streams.remove(params.streamId, userId);
  }

  @Endpoint(routes.goLive)
  goLive(@TheCall() { userId, params }: Call<typeof routes.goLive>) {
    return this.streams.goLive(params.streamId, userId);
  }

  @Endpoint(routes.getCapacity)
  capacity(@TheCall() { member, query }: Call<typeof routes.getCapacity>) {
    return this.streams.capacityFor(member.studioId, query);
  }

  @Endpoint(routes.listStreamEvents)
  events(@TheCall() { userId, params, query }: Call<typeof routes.listStreamEvents>) {
    return this.streams.events(params.streamId, userId, query.after);
  }

  @Endpoint(routes.endStream)
  end(@TheCall() { userId, params }: Call<typeof routes.endStream>) {
    return this.streams.end(params.streamId, userId);
  }

  @Endpoint(routes.addOutput)
  addOutput(@TheCall() { userId, params, body }: Call<typeof routes.addOutput>) {
    return this.streams.addOutput(params.streamId, userId, body.destinationId);
  }

  @Endpoint(routes.removeOutput)
  removeOutput(@TheCall() { userId, params }: Call<typeof routes.removeOutput>) {
    return this.streams.removeOutput(params.streamId, userId, params.outputId);
  }

  @Endpoint(routes.refreshOutput)
  refreshOutput(@TheCall() { userId, params }: Call<typeof routes.refreshOutput>) {
    return this.streams.refreshOutput(params.streamId, userId, params.outputId);
  }

  @Endpoint(routes.retryOutput)
  retryOutput(@TheCall() { userId, params }: Call<typeof routes.retryOutput>) {
    return this.streams.retryOutput(params.streamId, userId, params.outputId);
  }
}
