import { createSecretKey } from 'node:crypto';
import { Socket } from 'node:dgram';
import type { RTCDtlsTransport, RTCRtpReceiver } from 'werift';
import { inside, protocolsOf } from './inside.ts';

/**
 * werift hands its SRTP key to Node as bytes for each packet, and Node 24 then spends four times as long on looking at the key as on
 * the packet (25-55 against 5-8 µs). A key object is looked at once. werift has no option for it; where its insides are
 * different from 0.25.2's, nothing is changed.
 */
export function keepKeyObjects({ srtp, srtcp }: RTCDtlsTransport): void {
  for (const cipher of [
    srtp?.remoteContext?.cipher,
    srtcp?.localContext?.cipher,
    srtcp?.remoteContext?.cipher,
  ]) {
    for (const name of ['srtpSessionKey', 'srtcpSessionKey']) {
      const key: unknown = cipher === undefined ? undefined : Reflect.get(cipher, name);
      if (cipher !== undefined && Buffer.isBuffer(key)) Reflect.set(cipher, name, createSecretKey(key));
    }
  }
}

/**
 * werift compares sequence numbers without modulo arithmetic: a loss across 65535 -> 0 silences its NACKs for about 100 s
 * (media research 1.3), so ours replace them. Its transport-wide feedback needs a header extension that is not asked for. The
 * receiver offers no switch; both answers are made from a sorted list of codecs for each packet unless they are fixed.
 */
export function silenceBuiltInFeedback(receiver: RTCRtpReceiver): void {
  const handler: unknown = Reflect.get(receiver, 'nack');
  if (typeof handler !== 'object' || handler === null) return;
  const close: unknown = Reflect.get(handler, 'close');
  if (typeof close === 'function') Reflect.apply(close, handler, []);
  for (const name of ['nackEnabled', 'twccEnabled'])
    Reflect.defineProperty(receiver, name, { value: undefined });
}

/**
 * Three seconds of a programme of 6 Mbit/s, as the kernel counts it (2.3 kB for a packet of 1.2). The kernel gives what
 * net.core.rmem_max allows, and of a stock one still twice what an unasked socket has.
 */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/**
 * What the sockets of a connection hold while this process does not read: an unasked one overflows in 150 ms of a programme of
 * 6 Mbit/s, and what LiveKit sends again into a full buffer is lost again. werift has no option for it.
 */
export function widenSockets({ iceTransport }: RTCDtlsTransport): void {
  for (const protocol of protocolsOf(iceTransport)) {
    for (const path of [
      ['transport', 'socket'],
      ['turn', 'transport', 'socket'],
    ]) {
      const socket = path.reduce<unknown>(inside, protocol);
      if (socket instanceof Socket) socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
    }
  }
}
