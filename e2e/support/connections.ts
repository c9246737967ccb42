declare global {
  interface Window {
    connections: RTCPeerConnection[];
  }
}

/** Runs in the page, before its scripts: keeps every peer connection that they make. */
export function keepConnections(): void {
  const Original = window.RTCPeerConnection;
  window.connections = [];
  window.RTCPeerConnection = class extends Original {
    constructor(config?: RTCConfiguration) {
      super(config);
      window.connections.push(this);
    }
  };
}
