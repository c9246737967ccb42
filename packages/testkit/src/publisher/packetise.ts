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

/** Where a picture stands in a stream of two temporal layers. */
export interface LayeredPlace {
  /** Pictures before it, those that were never sent included. */
  readonly picture: number;
}

/**
 * VP8 (RFC 7741): S is set where the picture begins.
 * @param place null: the shortest payload descriptor
 */
export function packetiseVp8(frame: Uint8Array, place: LayeredPlace | null): Uint8Array[] {
  const extension = place === null ? [] : layerExtension(place);
  const payloads: Uint8Array[] = [];
  for (let offset = 0; offset < frame.length; offset += MAX_PAYLOAD) {
    const start = offset === 0 ? 0x10 : 0;
    const first = start | (place === null ? 0 : 0x80 | (isOnTop(place) ? 0x20 : 0));
    payloads.push(Uint8Array.of(first, ...extension, ...frame.subarray(offset, offset + MAX_PAYLOAD)));
  }
  return payloads;
}

/** Of two layers: every other picture, which only the picture before it is needed for and which none needs. */
const isOnTop = ({ picture }: LayeredPlace): boolean => picture % 2 === 1;

/** I, L and T: picture number, number of the picture of the base layer, layer with Y (whoever has the base can begin with it). */
function layerExtension(place: LayeredPlace): number[] {
  const { picture } = place;
  const base = (picture >> 1) & 0xff;
  const layer = isOnTop(place) ? 0x60 : 0;
  return [0xe0, 0x80 | ((picture >> 8) & 0x7f), picture & 0xff, base, layer];
}
