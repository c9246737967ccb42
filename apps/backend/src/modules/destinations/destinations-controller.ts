import { Controller, Inject } from '@nestjs/common';
import { routes } from '@streamus/contracts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';
import { DestinationsService } from './destinations-service.ts';

@Controller()
export class DestinationsController {
  constructor(@Inject(DestinationsService) private readonly destinations: DestinationsService) {}

  @Endpoint(routes.listDestinations)
  async list(@TheCall() { userId }: Call<typeof routes.listDestinations>) {
    return { destinations: await this.destinations.list(userId) };
  }

  @Endpoint(routes.createDestination)
  create(@TheCall() { userId, body }: Call<typeof routes.createDestination>) {
    return this.destinations.create(userId, body);
  }

  @Endpoint(routes.updateDestination)
  update(@TheCall() { userId, params, body }: Call<typeof routes.updateDestination>) {
    return this.destinations.update(params.destinationId, userId, body);
  }

  @Endpoint(routes.deleteDestination)
  remove(@TheCall() { userId, params }: Call<typeof routes.deleteDestination>) {
    return this.destinations.remove(params.destinationId, userId);
  }

  @Endpoint(routes.testDestination)
  test(@TheCall() { userId, body }: Call<typeof routes.testDestination>) {
    return this.destinations.test(userId, body);
  }
}
