import pg from 'pg';

export interface Listener {
  close(): Promise<void>;
}

/** Longest wait between two tries to get a lost connection back, milliseconds. */
const RECONNECT_LIMIT_MS = 5_000;

/**
 * Listens on NOTIFY channels with a connection of its own. When the connection is lost it comes back by
 * itself; `onGap` then tells that notifications may have been missed, so the caller reads the state again.
 */
export function listen(
  url: string,
  channels: readonly string[],
  onMessage: (channel: string, payload: string) => void,
  onGap: () => void,
): Listener {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let delay = 250;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    let lost = false;
    const onLost = () => {
      if (lost) return;
      lost = true;
      if (client === next) client = null;
      void next.end().catch(() => undefined);
      scheduleReconnect();
    };
    next.on('error', onLost);
    next.on('end', onLost);
    next.on('notification', (message) => onMessage(message.channel, message.payload ?? ''));
    try {
      await next.connect();
      for (const channel of channels) await next.query(`listen ${next.escapeIdentifier(channel)}`);
      if (closed) return onLost();
      client = next;
      delay = 250;
      onGap();
    } catch {
      onLost();
    }
  }

  function scheduleReconnect(): void {
    if (closed || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      void connect();
    }, delay);
    delay = Math.min(delay * 2, RECONNECT_LIMIT_MS);
  }

  void connect();
  return {
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      const current = client;
      client = null;
      await current?.end().catch(() => undefined);
    },
  };
}
