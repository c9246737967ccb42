import { Controller, Inject } from '@nestjs/common';
import { routes, type StudioSummary } from '@streamus/contracts';
import { newStudioDocument } from '@streamus/studio';
import { AppError } from '../../http/app-error.ts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';
import { StudioCommands } from './studio-commands.ts';
import { StudiosRepository } from './studios-repository.ts';

@Controller()
export class StudiosController {
  constructor(
    @Inject(StudiosRepository) private readonly studios: StudiosRepository,
    @Inject(StudioCommands) private readonly commands: StudioCommands,
  ) {}

  @Endpoint(routes.listStudios)
  async list(@TheCall() { userId }: Call<typeof routes.listStudios>) {
    return { studios: (await this.studios.listByOwner(userId)).map(summary) };
  }

  @Endpoint(routes.createStudio)
  async create(@TheCall() { userId, body }: Call<typeof routes.createStudio>) {
    const found = await this.studios.findSummary(
      await this.studios.create(userId, body.name, newStudioDocument()),
    );
    if (found === undefined) throw new AppError('internal');
    return summary(found);
  }

  @Endpoint(routes.getStudio)
  async get(@TheCall() { member }: Call<typeof routes.getStudio>) {
    const found = await this.studios.findSummary(member.studioId);
    if (found === undefined) throw new AppError('not_found');
    return { ...summary(found), role: member.role, person: member.person };
  }

  @Endpoint(routes.sendCommand)
  async send(@TheCall() { member, body }: Call<typeof routes.sendCommand>) {
    return { seq: await this.commands.run(member, body.id, body.command) };
  }
}

type Row = NonNullable<Awaited<ReturnType<StudiosRepository['findSummary']>>>;

const summary = (row: Row): StudioSummary => ({
  id: row.id,
  name: row.name,
  liveStreamId: row.live_stream_id,
  createdAt: row.created_at.toISOString(),
});
