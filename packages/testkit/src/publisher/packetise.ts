/** Fits an MTU of 1200 with SRTP and header extensions. */
const MAX_PAYLOAD = 1_100;

/** H.264 packetisation mode 1 (RFC 6184): single NAL units and FU-A fragments. */
export function packetiseH264(nals: readonly Uint8Array[]): Uint8Array[] {
  return nals.flatMap((nal) => (nal.length <= MAX_PAYLOAD ? [nal] : fragment(nal)));
}

function fragment(nal: Uint8Array): Uint8Array[] {
  const header = nal[0] ?? 0;
  const payloads: Uint8Array[] = [];
  for (let offset = 1; offset < nal.length; offset += MAX_PAYLOAD) {
    const piece = nal.subarray(offset, offset + MAX_PAYLOAD);
    const payload = new Uint8Array(2 + piece.length);
    payload[0] = (header & 0xe0) | 28;
    payload[1] =
      (header & 0x1f) | (offset === 1 ? 0x80 : 0) | (offset + MAX_PAYLOAD >= nal.length ? 0x40 : 0);
    payload.set(piece, 2);
    payloads.push(payload);
  }
  return payloads;
}

/** VP8 with the shortest payload descriptor (RFC 7741): S is set where the picture begins. */
export function packetiseVp8(frame: Uint8Array): Uint8Array[] {
  const payloads: Uint8Array[] = [];
  for (let offset = 0; offset < frame.length; offset += MAX_PAYLOAD) {
    const piece = frame.subarray(offset, offset + MAX_PAYLOAD);
    const payload = new Uint8Array(1 + piece.length);
    payload[0] = offset === 0 ? 0x10 : 0;
    payload.set(piece, 1);
    payloads.push(payload);
  }
  return payloads;
}
