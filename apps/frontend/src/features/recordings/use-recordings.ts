'use client';
import { type ErrorCode, type RecordingView, routes } from '@streamus/contracts';
import { useEffect, useState } from 'react';
import { api } from '@/lib/api.ts';
import { useLoad } from '@/lib/use-load.ts';

/** While a recording is being prepared the list asks again this often, ms. */
const PREPARING_MS = 4000;

/** The recordings, with renaming, deleting (the server keeps them for a day) and the way back. */
export function useRecordings() {
  const load = useLoad(() => api(routes.listRecordings, {}));
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const list = load.state.kind === 'ready' ? load.state.value.recordings : [];
  const preparing = list.some((recording) => recording.status === 'processing');
  const { reload } = load;

  useEffect(() => {
    if (!preparing || gone.size > 0) return;
    const timer = setInterval(() => void reload(), PREPARING_MS);
    return () => clearInterval(timer);
  }, [preparing, gone, reload]);

  const mark = (id: string, deleted: boolean) =>
    setGone((now) => (deleted ? new Set(now).add(id) : new Set([...now].filter((other) => other !== id))));

  return {
    state: load.state,
    reload,
    list,
    problem,
    isGone: (id: string) => gone.has(id),
    async remove(recording: RecordingView) {
      setProblem(null);
      mark(recording.id, true);
      const result = await api(routes.deleteRecording, { params: { recordingId: recording.id } });
      if (!result.ok) {
        mark(recording.id, false);
        setProblem(result.code);
      }
    },
    async restore(recording: RecordingView) {
      setProblem(null);
      const result = await api(routes.restoreRecording, { params: { recordingId: recording.id } });
      if (result.ok) mark(recording.id, false);
      else setProblem(result.code);
    },
    /** The reason when the server refused, else null. */
    async rename(recording: RecordingView, title: string): Promise<ErrorCode | null> {
      const result = await api(routes.renameRecording, {
        params: { recordingId: recording.id },
        body: { title },
      });
      if (!result.ok) return result.code;
      load.change((now) => ({
        recordings: now.recordings.map((other) => (other.id === recording.id ? result.value : other)),
      }));
      return null;
    },
  };
}
