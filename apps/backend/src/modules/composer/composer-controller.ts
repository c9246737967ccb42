import { Controller, Inject } from '@nestjs/common';
import { routes } from '@streamus/contracts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';
import { ComposerService } from './composer-service.ts';

@Controller()
export class ComposerController {
  constructor(@Inject(ComposerService) private readonly composer: ComposerService) {}

  @Endpoint(routes.claimComposer)
  claim(@TheCall() { member, body }: Call<typeof routes.claimComposer>) {
    return this.composer.claim(member, body);
  }
}
