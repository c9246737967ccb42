import { isLocal, type Settings } from './settings.ts';

/**
 * What StreamUs sends, and no more: LiveKit names every codec of a room to every browser once for each track there ever
 * was, and browsers keep memory for each of them (docs/figures.md).
 */
const CODECS = ['audio/opus', 'audio/red', 'video/vp8', 'video/h264', 'video/rtx'];

/**
 * Configuration of the bundled LiveKit (JSON is YAML). On one machine everything stays on loopback. The STUN
 * entry points at this server itself: without one LiveKit hands third-party servers to every browser.
 *
 * Where LiveKit has the address it announces, it leaves finding a way to the browser (ICE lite, RFC 8445 2.5). Otherwise it chooses
 * the way by which pictures come to a browser, and waits half a second for a better one than through a NAT, a second where the
 * browser hides its addresses (Pion's acceptance waits). Behind a NAT of its own it goes on choosing: people in its network might not
 * come back in by the address outside.
 * @param ownAddresses of this machine's interfaces
 */
export function livekitConfig(settings: Settings, ownAddresses: readonly string[]): object {
  const { ports, nodeIp, secrets } = settings;
  const local = isLocal(settings);
  return {
    port: ports.livekit,
    bind_addresses: ['127.0.0.1'],
    keys: { [secrets.livekitKey]: secrets.livekitSecret.reveal() },
    logging: { level: 'warn', json: true },
    rtc: {
      node_ip: nodeIp,
      tcp_port: ports.livekitTcp,
      udp_port: ports.livekitUdp,
      use_external_ip: false,
      use_ice_lite: ownAddresses.includes(nodeIp),
      stun_servers: [`${nodeIp}:${ports.livekitUdp}`],
      ...(local ? { enable_loopback_candidate: true, interfaces: { includes: ['lo'] } } : {}),
    },
    room: { empty_timeout: 300, departure_timeout: 20, enabled_codecs: CODECS.map((mime) => ({ mime })) },
  };
}
