import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@streamus/platform';

const HOUR_MS = 3_600_000;
/** How long deletion can be undone; the contract promises a day. */
const KEEP_MS = 24 * HOUR_MS;

/** Once an hour, removes what was deleted more than a day ago. */
export abstract class HourlyPurge implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger: Logger;
  readonly #what: string;
  #timer: NodeJS.Timeout | null = null;

  /** `what`: what is purged, for the log. */
  protected constructor(logger: Logger, what: string) {
    this.#logger = logger;
    this.#what = what;
  }

  /** Rows go last: while there is one, whatever is left of its files is found again. */
  abstract purge(deletedBefore: Date): Promise<void>;

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.#hourly(), HOUR_MS);
  }

  onApplicationShutdown(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #hourly(): Promise<void> {
    try {
      await this.purge(new Date(Date.now() - KEEP_MS));
    } catch (error) {
      this.#logger.warn(
        { err: error, what: this.#what },
        'what was deleted could not be purged; it is tried again in an hour',
      );
    }
  }
}
