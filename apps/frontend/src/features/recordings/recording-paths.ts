import { routePath } from '@streamus/client/api';
import { type RecordingView, routes } from '@streamus/contracts';

export function recordingPath(recording: RecordingView): string {
  return routePath(routes.recordingFile, { recordingId: recording.id }, {});
}

export function downloadPath(recording: RecordingView): string {
  return routePath(routes.recordingFile, { recordingId: recording.id }, { download: '1' });
}

/** `part` counts from 1. */
export function partPath(recording: RecordingView, part: number): string {
  return routePath(
    routes.recordingFile,
    { recordingId: recording.id },
    { download: '1', part: String(part) },
  );
}

export function thumbnailPath(recording: RecordingView): string | null {
  return recording.hasThumbnail
    ? routePath(routes.recordingThumbnail, { recordingId: recording.id }, {})
    : null;
}
