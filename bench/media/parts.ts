/** Tells the processes of a running product apart by their command lines; the first that fits counts. */
export const MEDIA_PARTS = {
  ingest: (command: string) => command.includes('/ingest/main.ts'),
  'egress with its RTMP clients and the recorder': (command: string) => command.includes('/egress/main.ts'),
  'AAC encoder': (command: string) => command.includes('-c:a aac'),
  'watch page': (command: string) => command.includes('-f hls'),
  'confidence monitor': (command: string) => command.includes('format=gray'),
  'supervisor with the recording’s upload': (command: string) =>
    / src\/main\.ts/.test(command) && !command.includes('tsx'),
} as const;

/** What the goal for one stream with destinations and a recording does not speak of. */
export const BESIDE_THE_GOAL: readonly string[] = ['watch page'];
