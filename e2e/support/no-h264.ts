/**
 * For `context.addInitScript`: a browser built without H.264. It names no such codec and never offers one.
 */
export function hideH264(): void {
  const without = (codecs: Iterable<RTCRtpCodec>) =>
    [...codecs].filter(({ mimeType }) => mimeType.toLowerCase() !== 'video/h264');
  for (const side of [RTCRtpSender, RTCRtpReceiver]) {
    const all = side.getCapabilities.bind(side);
    side.getCapabilities = (kind) => {
      const told = all(kind);
      return told && { ...told, codecs: without(told.codecs) };
    };
  }
  const prefer = RTCRtpTransceiver.prototype.setCodecPreferences;
  RTCRtpTransceiver.prototype.setCodecPreferences = function setCodecPreferences(codecs) {
    prefer.call(this, without(codecs));
  };
  const add = RTCPeerConnection.prototype.addTransceiver;
  RTCPeerConnection.prototype.addTransceiver = function addTransceiver(track, init) {
    const transceiver = add.call(this, track, init);
    const kind = typeof track === 'string' ? track : track.kind;
    const codecs = RTCRtpSender.getCapabilities(kind)?.codecs;
    if (kind === 'video' && codecs !== undefined) transceiver.setCodecPreferences(codecs);
    return transceiver;
  };
}
