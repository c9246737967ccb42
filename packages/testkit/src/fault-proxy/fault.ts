/** The ways in which the proxy misbehaves. */
export type Fault =
  | { readonly kind: 'none' }
  /** Nobody listens; open connections end. */
  | { readonly kind: 'refuse' }
  /** Open and new connections are reset (RST). */
  | { readonly kind: 'reset' }
  /** Connections are accepted and stay open; nothing is read or handed on until the fault ends, then all of it. */
  | { readonly kind: 'black-hole' }
  /** What clients send is handed on this slowly. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** The server is gone for good behind open connections, which nobody reads, ends or resets while the fault lasts. */
  | { readonly kind: 'half-open' }
  /** The connection ends in the middle of the TLS handshake. */
  | { readonly kind: 'tls-abort' }
  /** Another protocol answers. */
  | { readonly kind: 'garbage' };
