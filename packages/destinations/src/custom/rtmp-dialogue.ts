import {
  type AmfValue,
  ByteQueue,
  decodeAmf,
  encodeAmf,
  RTMP_COMMAND,
  RTMP_HANDSHAKE_BYTES,
  RTMP_VERSION,
  RtmpReader,
  writeRtmpMessage,
} from '@streamus/media-formats';

const FIRST_CHUNK_SIZE = 128;

export type DialogueEvent =
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  | { readonly kind: 'handshaken' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'rejected' };

/**
 * The client's side of RTMP up to createStream, as bytes in and events out. Publishes nothing, so a server never shows a
 * test as a broadcast.
 */
export class RtmpDialogue {
  readonly #application: string;
  readonly #tcUrl: string;
  readonly #handshake = new ByteQueue(4 * RTMP_HANDSHAKE_BYTES);
  readonly #reader = new RtmpReader();
  #open = false;

  constructor(application: string, tcUrl: string) {
    this.#application = application;
    this.#tcUrl = tcUrl;
  }

  /** C0 and C1; `random` fills C1. */
  begin(random: Uint8Array): Uint8Array {
    const hello = new Uint8Array(1 + RTMP_HANDSHAKE_BYTES);
    hello[0] = RTMP_VERSION;
    hello.set(random.subarray(0, RTMP_HANDSHAKE_BYTES - 8), 9);
    return hello;
  }

  /** Throws RangeError when the far side does not speak RTMP. */
  receive(chunk: Uint8Array): DialogueEvent[] {
    const events: DialogueEvent[] = [];
    let rest = chunk;
    if (!this.#open) {
      this.#handshake.push(chunk);
      const version = this.#handshake.peek(1)?.[0];
      if (version !== RTMP_VERSION) throw new RangeError('not an RTMP server');
      const answer = this.#handshake.take(1 + 2 * RTMP_HANDSHAKE_BYTES);
      if (answer === undefined) return events;
      this.#open = true;
      events.push({ kind: 'handshaken' });
      events.push({ kind: 'send', bytes: answer.subarray(1, 1 + RTMP_HANDSHAKE_BYTES) });
      events.push(
        this.#command('connect', 1, {
          app: this.#application,
          type: 'nonprivate',
          flashVer: 'FMLE/3.0 (compatible; StreamUs)',
          tcUrl: this.#tcUrl,
        }),
      );
      rest = this.#handshake.take(this.#handshake.length) ?? new Uint8Array(0);
    }
    for (const message of this.#reader.push(rest)) {
      if (message.type === RTMP_COMMAND) events.push(...this.#answer(decodeAmf(message.payload)));
    }
    return events;
  }

  #answer([name, transaction]: AmfValue[]): DialogueEvent[] {
    if (name === '_error') return [{ kind: 'rejected' }];
    if (name !== '_result') return [];
    if (transaction === 1) return [this.#command('createStream', 2, null)];
    return transaction === 2 ? [{ kind: 'ready' }] : [];
  }

  #command(name: string, transaction: number, argument: AmfValue): DialogueEvent {
    const payload = encodeAmf([name, transaction, argument]);
    const message = { type: RTMP_COMMAND, streamId: 0, time: 0, payload };
    return { kind: 'send', bytes: writeRtmpMessage(message, 3, FIRST_CHUNK_SIZE) };
  }
}
