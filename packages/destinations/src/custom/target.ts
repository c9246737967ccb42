import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { ErrorCode } from '@streamus/contracts';

export type TargetResult = { readonly ok: true } | { readonly ok: false; readonly code: ErrorCode };

/** A checked address to stream to. */
export interface Target {
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
  /** Path and query without the leading slash: RTMP's application. */
  readonly application: string;
}

const DEFAULT_PORTS = { 'rtmp:': 1935, 'rtmps:': 443 } as const;

/** Reads an rtmp:// or rtmps:// address; undefined when it is none. */
export function parseTarget(text: string): Target | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'rtmp:' && url.protocol !== 'rtmps:')) return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const application = `${url.pathname.replace(/^\/+/, '')}${url.search}`;
  // Control characters would end a line where FFmpeg reads it.
  if (host === '' || application === '' || url.hash !== '' || /[^\x21-\x7e]/.test(text)) return undefined;
  return {
    tls: url.protocol === 'rtmps:',
    host,
    port: url.port === '' ? DEFAULT_PORTS[url.protocol] : Number(url.port),
    application,
  };
}

/** Addresses that do not lead out into the internet (RFC 6890 and successors). */
const PRIVATE_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;
const PRIVATE_V6 = [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const;

const blocked = new BlockList();
for (const [network, bits] of PRIVATE_V4) blocked.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of PRIVATE_V6) blocked.addSubnet(network, bits, 'ipv6');

/** Tells whether an IP address belongs to a private or special network; IPv4 inside IPv6 counts as what it holds. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  return blocked.check(address, family === 6 ? 'ipv6' : 'ipv4') || blocked.check(embeddedV4(address), 'ipv4');
}

/** The IPv4 address in a NAT64 (64:ff9b::/96) or 6to4 (2002::/16) address; a public one when there is none. */
function embeddedV4(address: string): string {
  const none = '1.1.1.1';
  if (isIP(address) !== 6) return none;
  const groups = expandV6(address);
  const at =
    groups[0] === 0x2002 ? 1 : groups[0] === 0x64 && groups[1] === 0xff9b && groups[2] === 0 ? 6 : undefined;
  if (at === undefined) return none;
  const [high = 0, low = 0] = groups.slice(at, at + 2);
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

function expandV6(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1).split('::');
  const read = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [front, back] = [read(head), read(tail ?? '')];
  return [...front, ...new Array<number>(8 - front.length - back.length).fill(0), ...back];
}

export type ResolveResult =
  | { readonly ok: true; readonly target: Target; readonly addresses: readonly string[] }
  | { readonly ok: false; readonly code: ErrorCode };

/** Parses and resolves an address. Every address its name leads to must be allowed, so that none can be smuggled in. */
export async function resolveTarget(url: string, allowPrivate: boolean): Promise<ResolveResult> {
  const target = parseTarget(url);
  if (target === undefined) return { ok: false, code: 'url_invalid' };
  let addresses: string[];
  try {
    addresses = (await lookup(target.host, { all: true })).map(({ address }) => address);
  } catch {
    return { ok: false, code: 'target_dns' };
  }
  if (!allowPrivate && addresses.some(isPrivateAddress)) return { ok: false, code: 'target_private' };
  return addresses.length === 0 ? { ok: false, code: 'target_dns' } : { ok: true, target, addresses };
}

/** Tells whether this address may be streamed to. Resolves its name; opens no connection to it. */
export async function checkTarget(
  url: string,
  options: { readonly allowPrivate: boolean },
): Promise<TargetResult> {
  const resolved = await resolveTarget(url, options.allowPrivate);
  return resolved.ok ? { ok: true } : resolved;
}
