'use client';
import {
  destinationIdSchema,
  type ErrorCode,
  type OutputView,
  routes,
  type StreamView,
} from '@streamus/contracts';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { api } from '@/lib/api.ts';
import { recall, remember } from '@/lib/stored.ts';
import { useStudio, useStudioPlace } from '../session-context.tsx';

/** `watch`: the watch page; else the id of a saved destination. */
export type PlaceKey = string;
export const WATCH: PlaceKey = 'watch';

const planSchema = z.object({
  title: z.string(),
  description: z.string(),
  record: z.boolean(),
  places: z.array(z.string()),
});
/** What the sheet says before the stream exists or goes live. */
export type GoLivePlan = z.infer<typeof planSchema>;

export function placeOf(output: OutputView): PlaceKey {
  return output.destinationId ?? WATCH;
}

function planOf(stream: StreamView, outputs: readonly OutputView[]): GoLivePlan {
  const { title, description, record } = stream;
  return { title, description, record, places: outputs.map(placeOf) };
}

type Outcome = { readonly ok: true } | { readonly ok: false; readonly code: ErrorCode };

/** Adds and drops outputs until the stream sends to exactly `places`. */
async function reconcile(
  streamId: StreamView['id'],
  outputs: readonly OutputView[],
  places: readonly PlaceKey[],
): Promise<Outcome> {
  for (const output of outputs.filter((existing) => !places.includes(placeOf(existing)))) {
    const dropped = await api(routes.removeOutput, { params: { streamId, outputId: output.id } });
    if (!dropped.ok && dropped.code !== 'not_found') return dropped;
  }
  const existing = new Set(outputs.map(placeOf));
  for (const place of places.filter((wanted) => !existing.has(wanted))) {
    const added = await setPlace(streamId, place);
    if (!added.ok) return added;
  }
  return { ok: true };
}

async function setPlace(streamId: StreamView['id'], place: PlaceKey): Promise<Outcome> {
  const destinationId = place === WATCH ? null : destinationIdSchema.parse(place);
  const added = await api(routes.addOutput, { params: { streamId }, body: { destinationId } });
  return added.ok || added.code === 'output_exists' ? { ok: true } : added;
}

async function start(studioId: string, stream: StreamView | null, plan: GoLivePlan): Promise<Outcome> {
  const { title, description, record, places } = plan;
  const body = { title, description, record };
  const ready =
    stream === null || stream.status === 'ended'
      ? await api(routes.createStream, { params: { studioId }, body })
      : await api(routes.updateStream, { params: { streamId: stream.id }, body });
  if (!ready.ok) return ready;
  const placed = await reconcile(ready.value.stream.id, ready.value.outputs, places);
  if (!placed.ok) return placed;
  const live = await api(routes.goLive, { params: { streamId: ready.value.stream.id } });
  return live.ok || live.code === 'already_live' ? { ok: true } : live;
}

/** The plan of the next stream: survives reloads, becomes the stream when it goes live. */
export function useGoLive(open: boolean, defaultTitle: string) {
  const { studioId } = useStudioPlace();
  const stream = useStudio((view) => view.stream);
  const outputs = useStudio((view) => view.outputs);
  const key = `streamus.plan.${studioId}`;
  const [plan, setPlan] = useState<GoLivePlan | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const live = stream?.status === 'live';
  const next = stream !== null && !live && stream.status !== 'ended' ? stream : null;

  useEffect(() => {
    if (!open || plan !== null) return;
    const kept = recall(key, planSchema);
    setPlan(
      next !== null
        ? planOf(next, outputs)
        : (kept ?? { title: defaultTitle, description: '', record: true, places: [WATCH] }),
    );
  }, [open, plan, key, next, outputs, defaultTitle]);

  return {
    plan,
    live,
    busy,
    problem,
    change(part: Partial<GoLivePlan>) {
      if (plan === null) return;
      const changed = { ...plan, ...part };
      remember(key, changed);
      setPlan(changed);
    },
    /** Goes on air; true when the server agreed. */
    async go(): Promise<boolean> {
      if (plan === null || busy) return false;
      setBusy(true);
      setProblem(null);
      const outcome = await start(studioId, stream, plan);
      setBusy(false);
      if (!outcome.ok) setProblem(outcome.code);
      else {
        remember(key, { ...plan, title: defaultTitle, description: '' });
        setPlan(null);
      }
      return outcome.ok;
    },
    /** While live: adds or drops one destination at once. */
    async switchPlace(place: PlaceKey, on: boolean): Promise<void> {
      if (stream === null) return;
      setProblem(null);
      const output = outputs.find((candidate) => placeOf(candidate) === place);
      const outcome = on
        ? await setPlace(stream.id, place)
        : output === undefined
          ? ({ ok: true } as const)
          : await api(routes.removeOutput, { params: { streamId: stream.id, outputId: output.id } });
      if (!outcome.ok) setProblem(outcome.code);
    },
  };
}
