import type { Chapter, StreamEvent } from '@streamus/contracts';

export type RecordedEvent = Pick<StreamEvent, 'at' | 'event'>;

/** For players outside the product; its own pages translate by kind. */
const TITLES = {
  start: 'Start',
  break: 'Break',
  live: 'Live again',
  scene: 'Scene',
} as const satisfies Record<Chapter['kind'], string>;

/** Chapters as FFmpeg reads them. A single one says nothing and is left out. */
export function chapterMetadata(chapters: readonly Chapter[], durationMs: number): string {
  const lines = [';FFMETADATA1'];
  if (chapters.length < 2) return `${lines.join('\n')}\n`;
  chapters.forEach(({ kind, title, seconds }, index) => {
    const end = chapters[index + 1]?.seconds ?? durationMs / 1000;
    lines.push(
      '[CHAPTER]',
      'TIMEBASE=1/1000',
      `START=${Math.round(seconds * 1000)}`,
      `END=${Math.round(end * 1000)}`,
      `title=${escaped(title ?? TITLES[kind])}`,
    );
  });
  return `${lines.join('\n')}\n`;
}

/** FFmpeg's metadata files give these a meaning; a line ends at a line break, which titles do not have. */
function escaped(title: string): string {
  return title.replace(/[=;#\\]/g, (mark) => `\\${mark}`);
}
