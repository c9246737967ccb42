/** Numbers that parsers get wrong: limits of their fields. */
const EDGES = [0, 1, 0x7f, 0x80, 0xfe, 0xff];
const MOST_MUTATIONS = 6;
const MOST_BYTES = 4_096;

/** Bytes that were valid once: some of `corpus`, changed in a few places, cut, repeated or run together. */
export function mutate(corpus: readonly Uint8Array[], random: () => number): Uint8Array {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = (): Uint8Array => corpus[below(corpus.length)] ?? new Uint8Array(0);
  let bytes = Uint8Array.from(pick());
  for (let left = below(MOST_MUTATIONS); left >= 0; left -= 1) {
    const at = below(bytes.length + 1);
    switch (below(8)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
        break;
      case 1:
        bytes[at] = EDGES[below(EDGES.length)] ?? 0;
        break;
      case 2:
        bytes.fill(EDGES[below(EDGES.length)] ?? 0, at, at + below(9));
        break;
      case 3:
        bytes = bytes.slice(0, at);
        break;
      case 4:
        bytes = bytes.slice(at);
        break;
      case 5:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(at - below(at + 1)));
        break;
      case 6:
        bytes = joined(bytes.subarray(0, at), pick());
        break;
      default:
        bytes = joined(
          bytes.subarray(0, at),
          Uint8Array.from({ length: below(9) }, () => below(256)),
          bytes.subarray(at),
        );
    }
    if (bytes.length > MOST_BYTES) bytes = bytes.slice(0, MOST_BYTES);
  }
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
