import type { RTCIceTransport } from 'werift';

/** What a library keeps under a name and does not offer; undefined where there is none. */
export function inside(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
}

/** werift's ways to the far side, each with a socket of its own; none where its insides are different from 0.25.2's. */
export function protocolsOf({ connection }: RTCIceTransport): readonly unknown[] {
  const protocols = inside(connection, 'protocols');
  return Array.isArray(protocols) ? protocols : [];
}
