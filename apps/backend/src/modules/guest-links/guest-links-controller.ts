import { Controller, Inject } from '@nestjs/common';
import { routes } from '@streamus/contracts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';
import { GuestLinksService } from './guest-links-service.ts';

@Controller()
export class GuestLinksController {
  constructor(@Inject(GuestLinksService) private readonly links: GuestLinksService) {}

  @Endpoint(routes.listGuestLinks)
  async list(@TheCall() { member }: Call<typeof routes.listGuestLinks>) {
    return { links: await this.links.list(member.studioId) };
  }

  @Endpoint(routes.createGuestLink)
  async create(@TheCall() { member, body }: Call<typeof routes.createGuestLink>) {
    const link = await this.links.create(member.studioId, body);
    return { link, path: link.path };
  }

  @Endpoint(routes.revokeGuestLink)
  revoke(@TheCall() { member, params }: Call<typeof routes.revokeGuestLink>) {
    return this.links.revoke(member.studioId, params.linkId);
  }

  @Endpoint(routes.inspectGuestLink)
  inspect(@TheCall() { body }: Call<typeof routes.inspectGuestLink>) {
    return this.links.inspect(body.link);
  }

  @Endpoint(routes.enterByLink)
  enter(@TheCall() { body }: Call<typeof routes.enterByLink>) {
    return this.links.enter(body.link, body.name, body.guestToken);
  }
}
