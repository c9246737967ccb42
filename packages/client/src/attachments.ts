import type { SourceId } from '@streamus/studio';
import type { PictureDemand } from './picture-demand.ts';
import { showTrack } from './preview.ts';

/** The video elements of the page and the tracks they show. */
export interface Attachments {
  source(source: SourceId, element: HTMLVideoElement): () => void;
  programme(element: HTMLVideoElement): () => void;
  readonly programmeWanted: boolean;
  /** Shows in every element what there is to show now. */
  refresh(): void;
  close(): void;
}

export function createAttachments(options: {
  demand: PictureDemand;
  trackOf: (source: SourceId) => MediaStreamTrack | null;
  programmeTrack: () => MediaStreamTrack | null;
  onProgrammeWanted: () => void;
}): Attachments {
  const { demand, trackOf, programmeTrack, onProgrammeWanted } = options;
  const sources = new Map<HTMLVideoElement, SourceId>();
  const programmes = new Set<HTMLVideoElement>();

  return {
    source(source, element) {
      sources.set(element, source);
      const unwatch = demand.watch(source, element);
      showTrack(element, trackOf(source));
      return () => {
        unwatch();
        if (sources.get(element) !== source) return;
        sources.delete(element);
        showTrack(element, null);
      };
    },
    programme(element) {
      programmes.add(element);
      onProgrammeWanted();
      showTrack(element, programmeTrack());
      return () => {
        programmes.delete(element);
        showTrack(element, null);
        onProgrammeWanted();
      };
    },
    get programmeWanted() {
      return programmes.size > 0;
    },
    refresh() {
      for (const [element, source] of sources) showTrack(element, trackOf(source));
      for (const element of programmes) showTrack(element, programmeTrack());
    },
    close() {
      for (const element of [...sources.keys(), ...programmes]) showTrack(element, null);
      sources.clear();
      programmes.clear();
    },
  };
}
