import { createLogger } from '@streamus/platform';
import { parentChannel } from '../child-process.ts';
import { type FromEgress, type ToEgress, toEgressSchema } from '../ipc.ts';
import { Egress } from './egress.ts';

const HEALTH_MS = 1_000;

let egress: Egress | undefined;
let ending = false;
let patience: NodeJS.Timeout | undefined;

const send = parentChannel<ToEgress, FromEgress>(
  toEgressSchema,
  (message) => {
    handle(message).catch((error: unknown) => {
      process.stderr.write(`egress failed: ${String(error)}\n`);
      process.exit(1);
    });
  },
  () => void abandon(),
);

async function handle(message: ToEgress): Promise<void> {
  switch (message.type) {
    case 'begin':
      return begin(message);
    case 'start-output':
      egress?.startOutput(message.id, message.target);
      return;
    case 'stop-output':
      egress?.stopOutput(message.id);
      return;
    case 'retry-output':
      egress?.retryOutput(message.id);
      return;
    case 'go-on':
      goOn(message.patienceMs);
      return;
    case 'end':
      return end();
  }
}

async function begin(message: Extract<ToEgress, { type: 'begin' }>): Promise<void> {
  const logger = createLogger('egress', message.logLevel).child({ stream: message.streamId });
  const current = await Egress.open({ ...message, log: (text, fields) => logger.info(fields, text) });
  egress = current;
  await current.listen();
  send({ type: 'listening' });
  setInterval(() => send({ type: 'health', ...current.health() }), HEALTH_MS);
}

/** Another worker may have the stream once this one's supervisor has been silent for too long. */
function goOn(patienceMs: number): void {
  clearTimeout(patience);
  patience = setTimeout(() => void abandon(), patienceMs);
}

/** The supervisor is gone or does not answer: nobody is told goodbye, because the stream goes on elsewhere. */
async function abandon(): Promise<void> {
  if (ending) return;
  ending = true;
  await egress?.abandon();
  process.exit(0);
}

/** Last words to every destination and to the disk, then goes. */
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  const current = egress;
  if (current !== undefined) {
    await current.close();
    send({ type: 'health', ...current.health() });
  }
  process.exit(0);
}
