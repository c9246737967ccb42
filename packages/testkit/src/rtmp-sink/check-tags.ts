import { type FlvTag, readFlvContent } from '@streamus/media-formats';

export interface TagReport {
  /** What is wrong; empty when a platform would take it. */
  readonly problems: string[];
  readonly videoUnits: number;
  readonly audioFrames: number;
  readonly videoHeaders: number;
  /** Largest distance between keyframes, ms. */
  readonly longestGopMs: number;
  /** Largest distance between audio frames, ms. */
  readonly longestAudioGapMs: number;
}

/** Judges one publication: headers before media, IDR first, time stamps strictly growing per kind. */
export function checkTags(tags: readonly FlvTag[]): TagReport {
  const problems: string[] = [];
  const count = { videoUnits: 0, audioFrames: 0, videoHeaders: 0, longestGopMs: 0, longestAudioGapMs: 0 };
  let audioConfigured = false;
  let lastVideo: number | undefined;
  let lastAudio: number | undefined;
  let lastKey: number | undefined;
  for (const tag of tags) {
    const content = readFlvContent(tag);
    switch (content.kind) {
      case 'video-header':
        count.videoHeaders += 1;
        break;
      case 'audio-header':
        audioConfigured = content.config.length >= 2;
        break;
      case 'video':
        if (count.videoHeaders === 0) problems.push(`video at ${tag.time} before its header`);
        if (count.videoUnits === 0 && !content.key) problems.push('does not begin with a keyframe');
        if (lastVideo !== undefined && tag.time <= lastVideo)
          problems.push(`video ${tag.time} after ${lastVideo}`);
        if (content.key) {
          if (lastKey !== undefined) count.longestGopMs = Math.max(count.longestGopMs, tag.time - lastKey);
          lastKey = tag.time;
        }
        lastVideo = tag.time;
        count.videoUnits += 1;
        break;
      case 'audio':
        if (!audioConfigured) problems.push(`audio at ${tag.time} before its configuration`);
        if (lastAudio !== undefined) {
          if (tag.time <= lastAudio) problems.push(`audio ${tag.time} after ${lastAudio}`);
          count.longestAudioGapMs = Math.max(count.longestAudioGapMs, tag.time - lastAudio);
        }
        lastAudio = tag.time;
        count.audioFrames += 1;
        break;
      case 'other':
        break;
    }
  }
  return { problems: problems.slice(0, 20), ...count };
}
