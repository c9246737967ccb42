import { createLogger, type Logger } from '@streamus/platform';
import { parentChannel } from '../child-process.ts';
import { type FromIngest, type ToIngest, toIngestSchema } from '../ipc.ts';
import { Ingest } from './ingest.ts';

const STATS_MS = 1_000;
const TOKEN_TIMEOUT_MS = 3_000;

let ingest: Ingest | undefined;
let tokenWaiting: ((token: string) => void) | undefined;

const send = parentChannel<ToIngest, FromIngest>(toIngestSchema, handle, () => process.exit(0));

function handle(message: ToIngest): void {
  if (message.type === 'token') {
    tokenWaiting?.(message.token);
    tokenWaiting = undefined;
    return;
  }
  const logger: Logger = createLogger('ingest', message.logLevel).child({ stream: message.streamId });
  ingest = new Ingest({
    livekitUrl: message.livekitUrl,
    busPath: message.busPath,
    format: message.format,
    breach: message.normalised ?? undefined,
    token: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('the supervisor gave none')), TOKEN_TIMEOUT_MS);
        tokenWaiting = (token) => {
          clearTimeout(timer);
          resolve(token);
        };
        send({ type: 'token-wanted' });
      }),
    displaced: () => send({ type: 'displaced' }),
    log: (text, fields) => logger.info(fields, text),
  });
  const current = ingest;
  setInterval(() => send({ type: 'stats', stats: current.stats }), STATS_MS);
}
