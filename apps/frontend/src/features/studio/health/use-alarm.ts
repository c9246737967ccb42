'use client';
import { useEffect, useRef } from 'react';
import { z } from 'zod';
import { recall, remember } from '@/lib/stored.ts';
import type { Trouble } from './troubles.ts';

const SOUND_KEY = 'streamus.alarm-sound';
/** Two short notes, falling; quiet, because an open microphone hears them too. */
const NOTES_HZ = [880, 660] as const;
const NOTE_S = 0.14;
const LOUDNESS = 0.08;
/** Troubles that come together ring once. */
const QUIET_MS = 3_000;

export function alarmSoundOn(): boolean {
  return recall(SOUND_KEY, z.boolean()) ?? true;
}

export function setAlarmSound(on: boolean): void {
  remember(SOUND_KEY, on);
}

/** Rings when something goes wrong that was not wrong before; what the host has been told of and is mended stays silent. */
export function useAlarm(troubles: readonly Trouble[]): void {
  const known = useRef<ReadonlySet<string>>(new Set());
  const rangAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const pressing = troubles.filter(({ kind }) => kind !== 'normalised').map(({ key }) => key);
    const fresh = pressing.some((key) => !known.current.has(key));
    known.current = new Set(pressing);
    const now = performance.now();
    if (!fresh || now - rangAt.current < QUIET_MS || !alarmSoundOn()) return;
    rangAt.current = now;
    void ring();
  }, [troubles]);
}

/** Plays the alarm once; silent where the browser wants a gesture first. */
export async function ring(): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    const gain = new GainNode(context, { gain: LOUDNESS });
    gain.connect(context.destination);
    const ends = NOTES_HZ.map((frequency, index) => {
      const note = new OscillatorNode(context, { frequency, type: 'triangle' });
      note.connect(gain);
      note.start(context.currentTime + index * NOTE_S);
      note.stop(context.currentTime + (index + 1) * NOTE_S);
      return new Promise<void>((resolve) => note.addEventListener('ended', () => resolve()));
    });
    await Promise.all(ends);
  } finally {
    await context.close();
  }
}
