import { createHmac } from 'node:crypto';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A room token, signed by hand so that the kit tests the product's signer too. Valid for an hour. */
export function roomToken(
  keys: { readonly apiKey: string; readonly apiSecret: string },
  room: string,
  identity: string,
  grants: {
    readonly canPublish: boolean;
    readonly canSubscribe: boolean;
    readonly hidden?: boolean;
    readonly roomAdmin?: boolean;
  },
): string {
  const now = Math.floor(Date.now() / 1000);
  const unsigned = [
    part({ alg: 'HS256', typ: 'JWT' }),
    part({
      iss: keys.apiKey,
      sub: identity,
      nbf: now - 10,
      exp: now + 3600,
      video: { roomJoin: true, room, ...grants },
    }),
  ].join('.');
  return `${unsigned}.${createHmac('sha256', keys.apiSecret).update(unsigned).digest('base64url')}`;
}
