import { Controller, Inject } from '@nestjs/common';
import { routes } from '@streamus/contracts';
import { CONFIG, type Config } from '../../config.ts';
import { clearSessionCookies, cookieValue, REFRESH_COOKIE, setSessionCookies } from '../../http/cookies.ts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';
import { AuthService } from './auth-service.ts';

@Controller()
export class AuthController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(AuthService) private readonly auth: AuthService,
  ) {}

  @Endpoint(routes.register)
  async register(@TheCall() { body, response }: Call<typeof routes.register>) {
    const { user, studioId, tokens } = await this.auth.register(body);
    setSessionCookies(response, this.config, tokens);
    return { user, studioId };
  }

  @Endpoint(routes.login)
  async login(@TheCall() { body, response }: Call<typeof routes.login>) {
    const { user, tokens } = await this.auth.login(body.login, body.password);
    setSessionCookies(response, this.config, tokens);
    return { user };
  }

  @Endpoint(routes.refresh)
  async refresh(@TheCall() { request, response }: Call<typeof routes.refresh>) {
    const { user, tokens } = await this.auth.refresh(cookieValue(request.headers.cookie, REFRESH_COOKIE));
    setSessionCookies(response, this.config, tokens);
    return { user };
  }

  @Endpoint(routes.logout)
  async logout(@TheCall() { request, response }: Call<typeof routes.logout>) {
    await this.auth.logout(cookieValue(request.headers.cookie, REFRESH_COOKIE));
    clearSessionCookies(response);
  }

  @Endpoint(routes.me)
  async me(@TheCall() { userId }: Call<typeof routes.me>) {
    return { user: await this.auth.me(userId) };
  }
}
