/** A participant as signalling tells it, reduced to what the choice needs. */
export interface ParticipantTracks {
  readonly identity: string;
  readonly gone: boolean;
  readonly tracks: readonly {
    readonly sid: string;
    readonly name: string;
    readonly kind: 'audio' | 'video';
  }[];
}

export interface ProgrammeTracks {
  readonly epoch: number;
  readonly video: string | undefined;
  readonly audio: string | undefined;
}

/** Epoch of a composer's identity, which the backend signed; undefined for everybody else. */
export function composerEpoch(identity: string): number | undefined {
  const match = /^composer:(\d{1,15})$/.exec(identity);
  return match === null ? undefined : Number(match[1]);
}

/**
 * The tracks to take: `program-video` and `program-audio` of the composer with the highest epoch. A track's name alone
 * counts for nothing, and an older composer never comes back (`newestEpoch` is the highest followed so far). A newer
 * composer counts from its `program-video` on, so that the former one is shown while it gets ready.
 */
export function chooseProgramme(
  participants: Iterable<ParticipantTracks>,
  newestEpoch: number,
): ProgrammeTracks {
  const sid = (composer: ParticipantTracks | undefined, name: string, kind: 'audio' | 'video') =>
    composer?.tracks.findLast((track) => track.name === name && track.kind === kind)?.sid;
  let chosen: ParticipantTracks | undefined;
  let epoch = newestEpoch;
  for (const participant of participants) {
    const own = composerEpoch(participant.identity);
    if (own === undefined || own < epoch || participant.gone) continue;
    if (own > newestEpoch && sid(participant, 'program-video', 'video') === undefined) continue;
    if (own > epoch || chosen === undefined) chosen = participant;
    epoch = own;
  }
  return {
    epoch,
    video: sid(chosen, 'program-video', 'video'),
    audio: sid(chosen, 'program-audio', 'audio'),
  };
}
