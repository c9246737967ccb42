/** NOTIFY channels of the bus. Payloads carry ids and sequence numbers only (8,000 bytes are the limit). */
export const channels = {
  /** `<studioId>:<seq>`: an event was appended to the studio's log. */
  studioEvents: 'studio_events',
  /** `<studioId>`: the studio was renamed or deleted. */
  studioChanged: 'studio_changed',
  /** `<streamId>`: what should run has changed (status, outputs wanted, retry). */
  streamWanted: 'stream_wanted',
  /** `<streamId>`: the media engine wrote new health. */
  streamHealth: 'stream_health',
  /** `<studioId>`: who composes has changed. */
  composer: 'studio_composer',
  /** `<studioId>:<personId>`: this person was removed and their sockets must close. */
  removed: 'studio_removed',
} as const;
export type Channel = (typeof channels)[keyof typeof channels];
