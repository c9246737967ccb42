import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { UserId, UserView } from '@streamus/contracts';
import { violatedConstraint } from '@streamus/db';
import { newStudioDocument } from '@streamus/studio';
import { CONFIG, type Config } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import { REFRESH_SECONDS } from '../../http/cookies.ts';
import { AuthRepository } from './auth-repository.ts';
import { Authenticator } from './authenticator.ts';
import { hashPassword, isWeakPassword, verifyPassword } from './password.ts';

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

@Injectable()
export class AuthService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(AuthRepository) private readonly repository: AuthRepository,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  async register(account: { email: string; username: string; password: string }) {
    if (!this.config.ALLOW_REGISTRATION) throw new AppError('registration_closed');
    if (isWeakPassword(account.password, account)) throw new AppError('weak_password', { password: 'weak' });
    const passwordHash = await hashPassword(account.password);
    try {
      const { user, studioId } = await this.repository.createUser(
        { email: account.email, username: account.username, passwordHash },
        { name: `${account.username}’s studio`, document: newStudioDocument() },
      );
      return { user, studioId, tokens: await this.#startSession(user.id) };
    } catch (error) {
      if (violatedConstraint(error) !== null) throw new AppError('account_taken');
      throw error;
    }
  }

  async login(login: string, password: string) {
    const found = await this.repository.findByLogin(login);
    if (!(await verifyPassword(password, found?.password_hash ?? null)) || found === undefined) {
      throw new AppError('wrong_credentials');
    }
    const { password_hash: _, ...user } = found;
    return { user, tokens: await this.#startSession(user.id) };
  }

  async refresh(token: string | null): Promise<{ user: UserView; tokens: Tokens }> {
    if (token === null) throw new AppError('session_expired');
    const next = newRefreshToken();
    const userId = await this.repository.rotate(hashToken(token), hashToken(next), refreshExpiry());
    const user = userId === null ? undefined : await this.repository.findById(userId);
    if (user === undefined) throw new AppError('session_expired');
    return { user, tokens: { access: await this.authenticator.signAccess(user.id), refresh: next } };
  }

  async logout(token: string | null): Promise<void> {
    if (token !== null) await this.repository.revokeFamilyOf(hashToken(token));
  }

  async me(userId: UserId): Promise<UserView> {
    const user = await this.repository.findById(userId);
    if (user === undefined) throw new AppError('not_signed_in');
    return user;
  }

  async #startSession(userId: UserId): Promise<Tokens> {
    const refresh = newRefreshToken();
    await this.repository.createFamily(userId, hashToken(refresh), refreshExpiry());
    return { access: await this.authenticator.signAccess(userId), refresh };
  }
}

const newRefreshToken = (): string => randomBytes(32).toString('base64url');
const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
const refreshExpiry = (): Date => new Date(Date.now() + REFRESH_SECONDS * 1000);
