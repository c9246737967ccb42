/** RTCP full intra request (RFC 5104 4.3.1), in the form that werift's feedback packets take; werift has one and keeps it to itself. */
export class FullIntraRequest {
  readonly count = 4;
  readonly length = 4;
  readonly senderSsrc: number;
  readonly mediaSsrc: number;
  readonly fir: { ssrc: number; sequenceNumber: number }[];

  /** `sequence`: 8 bits; a repeated one is no new request. */
  constructor(senderSsrc: number, mediaSsrc: number, sequence: number) {
    this.senderSsrc = senderSsrc;
    // Unused here: the entry names the source.
    this.mediaSsrc = 0;
    this.fir = [{ ssrc: mediaSsrc, sequenceNumber: sequence & 0xff }];
  }

  serialize(): Buffer<ArrayBuffer> {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32BE(this.senderSsrc, 0);
    bytes.writeUInt32BE(this.mediaSsrc, 4);
    for (const { ssrc, sequenceNumber } of this.fir) {
      bytes.writeUInt32BE(ssrc, 8);
      bytes.writeUInt8(sequenceNumber, 12);
    }
    return bytes;
  }
}
