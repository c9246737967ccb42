import { z } from 'zod';

/** Who has to act: the person at the screen, the place streamed to, a platform's service, or we. */
export type Culprit = 'user' | 'destination' | 'platform' | 'us';

export interface ErrorEntry {
  readonly status: number;
  readonly culprit: Culprit;
  /** A sentence the person can act on. Screens translate by code; this is the English text. */
  readonly message: string;
}

const user = (status: number, message: string): ErrorEntry => ({ status, culprit: 'user', message });
const us = (status: number, message: string): ErrorEntry => ({ status, culprit: 'us', message });
const destination = (message: string): ErrorEntry => ({ status: 422, culprit: 'destination', message });

/** Every failure an API call, a command or an output can end with. */
export const errorCatalogue = {
  invalid_input: user(400, 'Something in this form is not right. Check the marked fields.'),
  not_signed_in: user(401, 'Please sign in to go on.'),
  session_expired: user(401, 'Your session has ended. Please sign in again.'),
  wrong_credentials: user(401, 'This e-mail and password do not match.'),
  not_allowed: user(403, 'Your role does not allow this.'),
  cross_site: user(403, 'This request came from another site and was refused.'),
  not_found: user(404, 'This does not exist, or not any more.'),
  account_taken: user(409, 'An account with this e-mail or username exists already.'),
  weak_password: user(422, 'Choose a longer password: at least 10 characters, not a common one.'),
  too_many_requests: user(429, 'Too many tries. Wait a moment and try again.'),
  body_too_large: user(413, 'This file is too large.'),
  registration_closed: user(403, 'This server does not accept new accounts.'),

  link_invalid: user(404, 'This invitation link is not valid. Ask the host for a new one.'),
  link_expired: user(410, 'This invitation link has expired. Ask the host for a new one.'),
  link_revoked: user(410, 'The host has withdrawn this invitation link. Ask for a new one.'),
  removed_from_studio: user(403, 'The host has removed you from the studio.'),
  studio_full: user(409, 'This studio is full. Try again when somebody has left.'),
  studio_deleted: user(410, 'This studio has been deleted.'),
  studio_live: user(409, 'This studio is live. End the stream before you delete the studio.'),
  last_studio: user(409, 'This is your only studio. Make another one before you delete it.'),

  unknown_person: user(409, 'This person has already left.'),
  unknown_source: user(409, 'This source does not exist any more.'),
  not_on_stage: user(409, 'This is not on stage any more.'),
  already_on_stage: user(409, 'This is on stage already.'),
  stage_full: user(409, 'The stage is full: ten people at most.'),
  unknown_scene: user(409, 'This scene does not exist any more: somebody has deleted it.'),
  unknown_overlay: user(409, 'This does not exist any more: somebody has deleted it.'),
  unknown_layout: user(409, 'This layout does not exist any more: somebody has deleted it.'),
  id_taken: user(409, 'This exists already.'),
  scenes_full: user(409, 'There are 50 scenes already. Delete one first.'),
  last_scene: user(409, 'This is the only scene. Add another one before you delete it.'),
  scene_on_air: user(409, 'This scene is on air. Change to another scene first.'),
  overlays_full: user(409, 'A studio has room for 200 overlays. Delete some first.'),
  overlay_of_other_kind: user(409, 'This has become something else meanwhile.'),
  already_shown: user(409, 'This is shown already.'),
  not_shown: user(409, 'This is not shown any more.'),
  shown_full: user(409, 'Twenty overlays are shown at once already. Hide one first.'),
  layouts_full: user(409, 'A studio has room for 50 layouts of your own. Delete some first.'),
  layout_on_air: user(409, 'This layout is on air. Choose another layout first.'),
  not_in_preview: user(409, 'There is nothing to take: changes go to air at once.'),
  nothing_to_undo: user(409, 'There is nothing left that you could undo.'),
  nothing_to_redo: user(409, 'There is nothing left that you could do again.'),
  undo_outdated: user(409, 'Somebody has changed this since, so it stays as it is.'),
  text_too_long: user(422, 'This text is too long. Shorten it.'),
  client_outdated: user(409, 'StreamUs has been updated. Reload this page to go on.'),
  programme_locked: user(409, 'The programme cannot change its size while the stream is live.'),
  too_many_commands: user(429, 'That was too fast. Slow down a little.'),

  composer_elsewhere: user(409, 'Another tab composes the programme.'),
  already_live: user(409, 'This studio is live already.'),
  stream_ended: user(409, 'This stream has ended.'),
  stream_not_live: user(409, 'This stream is not live.'),
  output_exists: user(409, 'This destination is already part of the stream.'),
  destination_in_use: user(409, 'This destination is live. Remove it from the stream first.'),

  url_invalid: user(422, 'This is not a valid rtmp:// or rtmps:// address.'),
  target_private: user(
    422,
    'This address lies in a private network. The operator of this server does not allow that.',
  ),
  target_dns: destination('The name of this server cannot be found. Check the address.'),
  target_refused: destination('The server refuses the connection. Check address and port.'),
  target_timeout: destination('The server does not answer.'),
  target_tls: destination(
    'The secure connection failed: the server broke it off, or its certificate is not valid for this address.',
  ),
  target_handshake: destination('The server answers, but does not speak RTMP.'),
  target_rejected: destination('The server rejected the stream. Check the stream key.'),
  target_busy: destination('The server still holds an earlier connection with this key. We try again.'),
  target_closed: destination('The server closed the connection.'),
  target_stalled: destination('The server stopped taking data.'),
  target_redirected: destination('The server sends us to another address. Enter that address instead.'),

  programme_not_h264: user(
    422,
    'This browser cannot encode H.264. The server converts the picture, which costs it more.',
  ),
  programme_size_changed: user(422, 'The picture changed its size. The server keeps the stream at one size.'),
  programme_low_frame_rate: user(422, 'The composing browser sends too few pictures. Close other programs.'),
  programme_keyframes_missing: us(
    500,
    'The composing browser sends too few keyframes. The server re-encodes the picture.',
  ),
  programme_damaged: user(
    422,
    'The connection of the composing browser loses too much. Use a cable or a nearer access point.',
  ),

  image_unreadable: user(
    422,
    'This file is not an image we can read, or it is damaged. Use PNG, JPEG, WebP, GIF or AVIF.',
  ),
  image_svg: user(
    422,
    'SVG files can hold programs and are not accepted. Save the picture as PNG and upload that.',
  ),
  image_too_large: user(413, 'This image is too large: at most 20 MB and 50 megapixels (AVIF: 24).'),
  images_busy: us(503, 'The server is preparing many images at the moment. Try again in a few seconds.'),
  brand_storage_full: user(409, 'Your images fill the space you have. Delete some, then try again.'),
  brand_limit_reached: user(
    409,
    'There is no room for another one: at most 1,000 images, 100 folders and 100 brand kits. Delete some first.',
  ),
  kit_changed: user(
    409,
    'Somebody else has changed this brand kit meanwhile. Look at it again before you save.',
  ),
  kit_image_missing: user(
    422,
    'This brand kit uses an image that does not exist any more. Choose another one.',
  ),
  kit_file_too_large: user(
    422,
    'This brand kit is too large for one file: its images take more than 200 MB together.',
  ),
  kit_file_unreadable: user(422, 'This file is not a brand kit exported by StreamUs, or it is damaged.'),
  kit_file_newer: user(
    422,
    'This brand kit was exported by a newer version of StreamUs. Update this server, then import it again.',
  ),
  kit_file_incomplete: user(
    422,
    'This brand kit uses images that its file does not hold. Export it again, then import the new file.',
  ),
  recording_unfinished: user(409, 'Its recording is still being prepared. Try again when that is ready.'),
  recording_not_ready: user(409, 'This recording is still being prepared.'),

  room_unavailable: us(503, 'The video room cannot be reached. We keep trying.'),
  database_unavailable: us(503, 'The server has lost its database for a moment. We keep trying.'),
  media_failed: us(500, 'The media engine failed. It restarts by itself.'),
  disk_full: us(507, 'The disk of this server is full. The stream goes on, the recording has stopped.'),
  disk_nearly_full: us(507, 'The disk of this server is nearly full. Make room, or the recording will stop.'),
  store_unreachable: us(
    503,
    'The storage cannot be reached. The recording is kept on this server and uploaded later.',
  ),
  no_media_worker: us(503, 'The media engine of this server is not running. Tell whoever runs it.'),
  no_capacity: us(
    503,
    'This server has no room for another stream now. End another one, or add a media worker.',
  ),
  internal: us(500, 'Something went wrong on our side.'),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
const codes = Object.keys(errorCatalogue);
/** Whether the same request may succeed a little later without anybody's doing: our own trouble, and haste. */
export function passesByItself(code: ErrorCode): boolean {
  return errorCatalogue[code].culprit === 'us' || code === 'too_many_requests';
}

export const errorCodeSchema = z.custom<ErrorCode>(
  (value) => typeof value === 'string' && codes.includes(value),
);

/** Body of every failed API call. `fields` names the inputs at fault, by path. */
export const errorBodySchema = z.object({
  error: z.object({
    code: errorCodeSchema,
    message: z.string(),
    culprit: z.enum(['user', 'destination', 'platform', 'us']),
    fields: z.record(z.string(), z.string()).optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

export function errorBody(code: ErrorCode, fields?: Record<string, string>): ErrorBody {
  const { message, culprit } = errorCatalogue[code];
  return { error: { code, message, culprit, ...(fields ? { fields } : {}) } };
}
