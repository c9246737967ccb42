import { z } from 'zod';
import { errorCodeSchema } from './errors.ts';
import { programmeWarningSchema } from './health.ts';
import { outputIdSchema } from './ids.ts';

const output = { output: outputIdSchema, name: z.string() };

/** What happened in a stream, for people to read; saved in stream_events and never changed. */
export const streamHappeningSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('show-began') }),
  z.object({ type: z.literal('show-ended') }),
  z.object({ type: z.literal('programme-live') }),
  z.object({ type: z.literal('slate-shown') }),
  z.object({ type: z.literal('scene-on-air'), name: z.string() }),
  z.object({ type: z.literal('programme-normalised'), code: errorCodeSchema }),
  z.object({ type: z.literal('warning-began'), warning: programmeWarningSchema }),
  z.object({ type: z.literal('warning-ended'), warning: programmeWarningSchema }),
  z.object({ type: z.literal('output-live'), ...output, reconnected: z.boolean() }),
  z.object({ type: z.literal('output-degraded'), ...output }),
  z.object({ type: z.literal('output-interrupted'), ...output, code: errorCodeSchema }),
  z.object({ type: z.literal('output-failed'), ...output, code: errorCodeSchema }),
  z.object({ type: z.literal('output-stopped'), ...output }),
  z.object({ type: z.literal('recording-alarm'), code: errorCodeSchema }),
  z.object({ type: z.literal('recording-recovered') }),
  /** Another media worker carries the stream on. */
  z.object({ type: z.literal('worker-changed') }),
  /** No media worker has room for the stream. */
  z.object({ type: z.literal('no-capacity') }),
]);
export type StreamHappening = z.infer<typeof streamHappeningSchema>;

export const streamEventSchema = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  event: streamHappeningSchema,
});
export type StreamEvent = z.infer<typeof streamEventSchema>;
