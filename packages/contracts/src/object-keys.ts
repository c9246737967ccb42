/** Everything of a recording that people get: the file, its parts, its thumbnail. */
export function recordingPrefix(recordingId: string): string {
  return `recordings/${recordingId}/`;
}

/** What a recording is made of, while it is made. */
export function takePrefix(recordingId: string): string {
  return `takes/${recordingId}/`;
}
