import { z } from 'zod';

const id = <B extends string>(_brand: B) => z.uuid().brand<B>();

export const userIdSchema = id('UserId');
export type UserId = z.infer<typeof userIdSchema>;
export const studioIdSchema = id('StudioId');
export type StudioId = z.infer<typeof studioIdSchema>;
export const streamIdSchema = id('StreamId');
export type StreamId = z.infer<typeof streamIdSchema>;
export const destinationIdSchema = id('DestinationId');
export type DestinationId = z.infer<typeof destinationIdSchema>;
/** One stream's connection to a destination. */
export const outputIdSchema = id('OutputId');
export type OutputId = z.infer<typeof outputIdSchema>;
export const guestLinkIdSchema = id('GuestLinkId');
export type GuestLinkId = z.infer<typeof guestLinkIdSchema>;
export const recordingIdSchema = id('RecordingId');
export type RecordingId = z.infer<typeof recordingIdSchema>;
export const brandFolderIdSchema = id('BrandFolderId');
export type BrandFolderId = z.infer<typeof brandFolderIdSchema>;
/** One realtime connection of one tab. */
export const connectionIdSchema = id('ConnectionId');
export type ConnectionId = z.infer<typeof connectionIdSchema>;
