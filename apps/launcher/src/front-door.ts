import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { createProxyServer } from 'httpxy';
import type { Certificate } from './tls.ts';

export interface FrontDoorOptions {
  readonly host: string;
  readonly port: number;
  readonly certificate: Certificate | null;
  /** http:// addresses behind the door. */
  readonly backend: string;
  readonly pages: string;
  readonly livekit: string;
  /** Called with where each request and upgrade goes. */
  readonly onRequest?: (to: Place) => void;
}

type Place = 'backend' | 'pages' | 'livekit';

export interface FrontDoor {
  readonly port: number;
  close(): Promise<void>;
}

/** Where a path belongs: the API, LiveKit's signalling, or the pages. */
export function placeOf(path: string): Place {
  if (path === '/api' || path.startsWith('/api/')) return 'backend';
  if (path === '/rtc' || path.startsWith('/rtc/') || path.startsWith('/rtc?')) return 'livekit';
  return 'pages';
}

/** One origin for everything a browser needs (DESIGN 5). */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  // A connection that is used again may have been closed behind the door at that moment: the page would miss a script and stay
  // blank. On this machine a new one costs next to nothing.
  const proxy = createProxyServer({ xfwd: true, agent: new Agent({ keepAlive: false }) });
  // That one ends; the browser's own goes on.
  proxy.on('proxyRes', ({ headers }) => delete headers.connection);
  const sockets = new Set<Duplex>();
  const targetOf = ({ url }: IncomingMessage): string => {
    const place = placeOf(url ?? '/');
    options.onRequest?.(place);
    return options[place];
  };

  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    prepare(request);
    if (options.certificate !== null) response.setHeader('strict-transport-security', 'max-age=31536000');
    proxy.web(request, response, { target: targetOf(request) }).catch(() => unavailable(response));
  };
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    prepare(request);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    // httpxy wants the concrete socket type; upgrades always come with one.
    proxy
      .ws(request, socket as Parameters<typeof proxy.ws>[1], { target: targetOf(request) }, head)
      .catch(() => socket.destroy());
  };
  proxy.on('error', (_error, _request, response) => {
    if (response !== undefined && 'writeHead' in response) unavailable(response);
  });

  const server: Server =
    options.certificate === null ? createServer(onRequest) : createTlsServer(options.certificate, onRequest);
  server.on('upgrade', onUpgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The host people typed is passed on; one a client claims in a forwarding header is not believed. */
function prepare(request: IncomingMessage): void {
  delete request.headers['x-forwarded-for'];
  delete request.headers['x-forwarded-proto'];
  if (request.headers.host !== undefined) request.headers['x-forwarded-host'] = request.headers.host;
}

function unavailable(response: {
  headersSent?: boolean;
  writeHead: ServerResponse['writeHead'];
  end: ServerResponse['end'];
  destroy: ServerResponse['destroy'];
}): void {
  if (response.headersSent) {
    // An end would make what came so far look whole.
    response.destroy();
    return;
  }
  response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '2' });
  response.end('StreamUs is starting or a part of it restarts. Try again in a moment.');
}
