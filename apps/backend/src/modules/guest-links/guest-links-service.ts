import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type GuestLinkView, guestLinkIdSchema, type StudioId } from '@streamus/contracts';
import type { GuestRole } from '@streamus/db';
import { CONFIG, type Config } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import { Authenticator } from '../auth/authenticator.ts';
import { Seats } from '../realtime/seats.ts';
import { StudiosRepository } from '../studios/studios-repository.ts';
import { GuestLinksRepository } from './guest-links-repository.ts';
import { hashLink, readLink, signLink } from './link-token.ts';

const HOUR_MS = 3_600_000;

@Injectable()
export class GuestLinksService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(GuestLinksRepository) private readonly links: GuestLinksRepository,
    @Inject(StudiosRepository) private readonly studios: StudiosRepository,
    @Inject(Seats) private readonly seats: Seats,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  async list(studioId: StudioId): Promise<GuestLinkView[]> {
    return (await this.links.listOpen(studioId)).map((row) => this.#view(row));
  }

  async create(
    studioId: StudioId,
    wish: { role: GuestRole; expiresInHours: number; replace: boolean },
  ): Promise<GuestLinkView> {
    const id = guestLinkIdSchema.parse(randomUUID());
    const expiresAt = new Date(Date.now() + wish.expiresInHours * HOUR_MS);
    const tokenHash = hashLink(signLink(this.config.JWT_SECRET, id, expiresAt));
    return this.#view(
      await this.links.create({ id, studioId, role: wish.role, tokenHash, expiresAt }, wish.replace),
    );
  }

  async revoke(studioId: StudioId, id: GuestLinkView['id']): Promise<void> {
    if (!(await this.links.revoke(studioId, id))) throw new AppError('not_found');
  }

  async inspect(text: string) {
    const link = await this.#open(text);
    return {
      studioId: link.studio_id,
      studioName: link.studio_name,
      role: link.role,
      hostName: link.host_name,
    };
  }

  /** Admits somebody by link. With the token of an earlier visit they keep their seat, unless they were removed. */
  async enter(text: string, name: string, guestToken: string | null) {
    const link = await this.#open(text);
    const earlier = guestToken === null ? null : await this.authenticator.guestOf(guestToken);
    const known =
      earlier?.studioId === link.studio_id
        ? await this.studios.findGuest(link.studio_id, earlier.personId)
        : undefined;
    if (known !== undefined && known.removed_at !== null) throw new AppError('removed_from_studio');
    const person = await this.studios.inTransaction(async (tx) => {
      const id =
        known?.id ??
        (await this.links.createGuest(tx, {
          studioId: link.studio_id,
          linkId: link.id,
          name,
          role: link.role,
        }));
      if (known !== undefined) await this.links.renameGuest(tx, known.id, name);
      const role = known?.role ?? link.role;
      await this.seats.make(tx, link.studio_id, { id, name, role });
      return { id, role };
    });
    return {
      studioId: link.studio_id,
      person: person.id,
      role: person.role,
      guestToken: await this.authenticator.signGuest(person.id, link.studio_id),
    };
  }

  async #open(text: string) {
    const genuine = readLink(this.config.JWT_SECRET, text);
    if (genuine === null) throw new AppError('link_invalid');
    const link = await this.links.findByHash(hashLink(text));
    // Genuine and not there: its studio was deleted.
    if (link === undefined) throw new AppError('link_revoked');
    if (link.revoked_at !== null) throw new AppError('link_revoked');
    if (link.expires_at <= new Date()) throw new AppError('link_expired');
    return link;
  }

  #view(row: {
    id: GuestLinkView['id'];
    role: GuestRole;
    expires_at: Date;
    uses: number;
    created_at: Date;
  }): GuestLinkView {
    return {
      id: row.id,
      role: row.role,
      expiresAt: row.expires_at.toISOString(),
      uses: row.uses,
      path: `/join#${signLink(this.config.JWT_SECRET, row.id, row.expires_at)}`,
      createdAt: row.created_at.toISOString(),
    };
  }
}
