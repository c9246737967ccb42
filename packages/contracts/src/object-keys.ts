/** Everything of a recording that people get: the file, its parts, its thumbnail. */
export function recordingPrefix(recordingId: string): string {
  return `recordings/${recordingId}/`;
}

export const TAKES_PREFIX = 'takes/';

/** What a recording is made of, while it is made. */
export function takePrefix(recordingId: string): string {
  return `${TAKES_PREFIX}${recordingId}/`;
}

/** A brand image and its thumbnail. */
export function brandAssetPrefix(assetId: string): string {
  return `brand/${assetId}/`;
}
