import type { CountdownEnd, Overlay } from '@streamus/studio';

/** Text that follows the clock, and when (ms) it is another one; null: it stands. */
export interface TimeText {
  readonly text: string;
  readonly changesAt: number | null;
}

type Countdown = Extract<Overlay, { kind: 'countdown' }>;
type Clock = Extract<Overlay, { kind: 'clock' }>;

/** Milliseconds left, negative after the end; and whether they get fewer. */
function leftOf(end: CountdownEnd, nowMs: number): { leftMs: number; running: boolean } {
  if (end.kind === 'instant') return { leftMs: end.endsAt - nowMs, running: true };
  if (end.startedAt === null) return { leftMs: end.durationMs, running: false };
  return { leftMs: end.startedAt + end.durationMs - nowMs, running: true };
}

/** 4:05, 1:04:05: people count down in these, whatever their language. */
function figures(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Null: it is hidden now, for good. The last second shows 0:01, and 0:00 comes when it is over. */
export function countdownText({ end, atZero }: Countdown, nowMs: number): TimeText | null {
  const { leftMs, running } = leftOf(end, nowMs);
  if (leftMs > 0) {
    const seconds = Math.ceil(leftMs / 1000);
    return { text: figures(seconds), changesAt: running ? nowMs + leftMs - (seconds - 1) * 1000 : null };
  }
  switch (atZero) {
    case 'stay':
      return { text: figures(0), changesAt: null };
    case 'hide':
      return null;
    case 'count-up': {
      if (!running) return { text: figures(0), changesAt: null };
      const seconds = Math.floor(-leftMs / 1000);
      return {
        text: seconds === 0 ? figures(0) : `+${figures(seconds)}`,
        changesAt: nowMs + leftMs + (seconds + 1) * 1000,
      };
    }
  }
}

/** Hours and minutes in the overlay's time zone; an unknown zone is taken as UTC. */
export function clockText({ timeZone, format }: Clock, nowMs: number): TimeText {
  const changesAt = (Math.floor(nowMs / 60_000) + 1) * 60_000;
  return { text: clockFormat(timeZone, format === '12-hours').format(nowMs), changesAt };
}

function clockFormat(timeZone: string, hour12: boolean): Intl.DateTimeFormat {
  // By 24 hours always two digits: whether one is enough, runtimes see differently.
  const options = { hour: hour12 ? 'numeric' : '2-digit', minute: '2-digit', hour12 } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}
