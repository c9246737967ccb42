import type { Browser, Page } from '@playwright/test';
import { type Host, hostInStudio } from './people.ts';

declare global {
  interface Window {
    connections: RTCPeerConnection[];
  }
}

/** Runs in the page, before its scripts: keeps every peer connection that they make. */
function keepConnections(): void {
  const Original = window.RTCPeerConnection;
  window.connections = [];
  window.RTCPeerConnection = class extends Original {
    constructor(config?: RTCConfiguration) {
      super(config);
      window.connections.push(this);
    }
  };
}

/** A host in the studio whose page keeps its peer connections in `window.connections`. */
export async function hostWithConnections(browser: Browser): Promise<Host> {
  const host = await hostInStudio(browser, { colour: '#2f6fb2' });
  await host.page.addInitScript(keepConnections);
  await host.page.reload();
  return host;
}

/** Lines of the page's open connections through which something came or comes. */
export function receivedTracks(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      window.connections
        .filter(({ connectionState }) => connectionState !== 'closed')
        .flatMap((connection) => connection.getTransceivers())
        .filter(({ sender }) => sender.track === null).length,
  );
}
