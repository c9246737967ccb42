import { parseMessage, type RTCIceTransport } from 'werift';
import { inside, protocolsOf } from './inside.ts';

/**
 * Lets only requests through that are signed with this side's password (RFC 8445 7.3, RFC 8489 9.1). werift 0.25.2 answers
 * everybody: a stranger could reverse the roles, have its own address nominated, and with that take the keyframe and repair requests
 * away from LiveKit.
 */
export function checkStunRequests(transport: RTCIceTransport): void {
  for (const protocol of protocolsOf(transport)) {
    const requests = inside(protocol, 'onRequestReceived');
    const execute = inside(requests, 'execute');
    if (typeof requests !== 'object' || requests === null || typeof execute !== 'function') continue;
    const check = (message: unknown, from: unknown, datagram: unknown): void => {
      if (Buffer.isBuffer(datagram) && isSigned(datagram, transport.connection))
        Reflect.apply(execute, requests, [message, from, datagram]);
    };
    Reflect.set(requests, 'execute', check);
  }
}

/** USERNAME is `<ours>:<theirs>` (RFC 8445 7.2.2); a restart of ICE leaves earlier pairs of name and password behind. */
function isSigned(datagram: Buffer, connection: object): boolean {
  const username: unknown = parseMessage(datagram)?.getAttributeValue('USERNAME');
  const [ours = ''] = typeof username === 'string' ? username.split(':') : [];
  const password = inside(inside(connection, 'userHistory'), ours);
  return typeof password === 'string' && parseMessage(datagram, Buffer.from(password)) !== undefined;
}
