import { Inject, Injectable } from '@nestjs/common';
import type { CapacityView, ErrorCode, StreamId } from '@streamus/contracts';
import type { Database, StreamSettings } from '@streamus/db';
import { estimateCores, freeCores, hasRoom, type StreamLoad, type WorkerLoad } from '@streamus/outputs';
import type { Kysely } from 'kysely';
import { CapacityRepository } from './capacity-repository.ts';

/** Whether a stream can go live, as far as the media workers are concerned. The rules are those of the workers themselves. */
@Injectable()
export class Capacity {
  constructor(@Inject(CapacityRepository) private readonly repository: CapacityRepository) {}

  /** `db`: the transaction that makes the stream live, so that two streams do not take one place. */
  async for(load: StreamLoad, db?: Kysely<Database>): Promise<CapacityView> {
    const workers = withWaiting(await this.repository.workers(db), await this.repository.waitingLoads(db));
    const needed = estimateCores(load);
    return {
      neededCores: needed,
      freeCores: Math.max(0, ...workers.map(freeCores)),
      streamsThatFit: workers.reduce((sum, worker) => sum + Math.floor(freeCores(worker) / needed), 0),
      refusal: refusalOf(load, workers),
    };
  }

  /** Why this stream cannot go live; null: it can. */
  async refusal(
    stream: { readonly id: StreamId; readonly settings: StreamSettings },
    db: Kysely<Database>,
  ): Promise<ErrorCode | null> {
    const { programme, record } = stream.settings;
    const outputs = await this.repository.countOutputs(stream.id, db);
    return (await this.for({ ...programme, record, outputs }, db)).refusal;
  }
}

function refusalOf(load: StreamLoad, workers: readonly WorkerLoad[]): ErrorCode | null {
  if (workers.length === 0) return 'no_media_worker';
  return hasRoom(load, workers) ? null : 'no_capacity';
}

/** Streams that are live and not yet carried will take their share of the freest worker within a second. */
function withWaiting(workers: readonly WorkerLoad[], waiting: readonly StreamLoad[]): readonly WorkerLoad[] {
  return waiting.reduce((loads, load) => {
    const freest = loads.reduce<WorkerLoad | undefined>(
      (best, worker) => (best === undefined || freeCores(worker) > freeCores(best) ? worker : best),
      undefined,
    );
    return loads.map((worker) =>
      worker === freest ? { ...worker, usedCores: worker.usedCores + estimateCores(load) } : worker,
    );
  }, workers);
}
