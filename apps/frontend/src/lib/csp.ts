export interface CspInput {
  readonly nonce: string;
  /** Host (and port) the visitor used, as the request says. */
  readonly host: string;
  /** ws:// or wss:// address of a room server on another host; empty: the page's own. */
  readonly roomUrl: string;
  readonly development: boolean;
}

/** A host that may stand in a policy; a forged header must not be able to add a directive. */
const plainHost = /^[a-z0-9.:[\]-]{1,255}$/i;

function roomSources(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { protocol, host } = new URL(url);
  if (!plainHost.test(host)) return [];
  const secure = protocol === 'wss:' || protocol === 'https:';
  return secure ? [`wss://${host}`, `https://${host}`] : [`ws://${host}`, `http://${host}`];
}

/** Scripts run by nonce only; `strict-dynamic` lets those scripts load the chunks and workers they need. */
export function contentSecurityPolicy(input: CspInput): string {
  const sockets = plainHost.test(input.host) ? [`ws://${input.host}`, `wss://${input.host}`] : [];
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    'script-src': [
      "'self'",
      `'nonce-${input.nonce}'`,
      "'strict-dynamic'",
      ...(input.development ? ["'unsafe-eval'"] : []),
    ],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'blob:', 'data:'],
    'media-src': ["'self'", 'blob:'],
    'connect-src': ["'self'", ...sockets, ...roomSources(input.roomUrl)],
    'worker-src': ["'self'", 'blob:'],
    'font-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
