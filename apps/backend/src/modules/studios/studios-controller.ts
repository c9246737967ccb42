import { Controller, Inject } from '@nestjs/common';
import { routes, type StudioId, type StudioSummary } from '@streamus/contracts';
import {
  aspectOfProgramme,
  DEFAULT_PROGRAMME,
  newStudioDocument,
  ownLayoutSchema,
  programmeSchema,
  programmeWithAspect,
} from '@streamus/studio';
import { z } from 'zod';
import { AppError } from '../../http/app-error.ts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';
import { DeleteStudio } from './delete-studio.ts';
import { StudioCommands } from './studio-commands.ts';
import { StudiosRepository } from './studios-repository.ts';

@Controller()
export class StudiosController {
  constructor(
    @Inject(StudiosRepository) private readonly studios: StudiosRepository,
    @Inject(StudioCommands) private readonly commands: StudioCommands,
    @Inject(DeleteStudio) private readonly deletion: DeleteStudio,
  ) {}

  @Endpoint(routes.listStudios)
  async list(@TheCall() { userId }: Call<typeof routes.listStudios>) {
    return { studios: (await this.studios.listByOwner(userId)).map(summary) };
  }

  @Endpoint(routes.createStudio)
  async create(@TheCall() { userId, body }: Call<typeof routes.createStudio>) {
    const programme = programmeWithAspect(DEFAULT_PROGRAMME, body.aspect);
    return this.#summary(await this.studios.create(userId, body.name, newStudioDocument(programme)));
  }

  @Endpoint(routes.updateStudio)
  async update(@TheCall() { member, body }: Call<typeof routes.updateStudio>) {
    await this.studios.rename(member.studioId, body.name);
    return this.#summary(member.studioId);
  }

  @Endpoint(routes.deleteStudio)
  remove(@TheCall() { member }: Call<typeof routes.deleteStudio>) {
    return this.deletion.run(member.studioId);
  }

  @Endpoint(routes.getStudio)
  async get(@TheCall() { member }: Call<typeof routes.getStudio>) {
    return { ...(await this.#summary(member.studioId)), role: member.role, person: member.person };
  }

  @Endpoint(routes.listOtherLayouts)
  async otherLayouts(@TheCall() { member }: Call<typeof routes.listOtherLayouts>) {
    const others = await this.studios.otherLayouts(member.studioId);
    return {
      studios: others
        .map(({ id, name, layouts }) => ({
          id,
          name,
          layouts: Object.values(layoutsSchema.parse(layouts ?? {})),
        }))
        .filter(({ layouts }) => layouts.length > 0),
    };
  }

  @Endpoint(routes.sendCommand)
  async send(@TheCall() { member, body }: Call<typeof routes.sendCommand>) {
    return { seq: await this.commands.run(member, body.id, body.command) };
  }

  async #summary(studioId: StudioId): Promise<StudioSummary> {
    const found = await this.studios.findSummary(studioId);
    if (found === undefined) throw new AppError('not_found');
    return summary(found);
  }
}

const layoutsSchema = z.record(z.string(), ownLayoutSchema);

type Row = NonNullable<Awaited<ReturnType<StudiosRepository['findSummary']>>>;

const summary = (row: Row): StudioSummary => ({
  id: row.id,
  name: row.name,
  aspect: aspectOfProgramme(programmeSchema.parse(row.programme)),
  liveStreamId: row.live_stream_id,
  createdAt: row.created_at.toISOString(),
});
