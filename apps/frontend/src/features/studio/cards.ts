import type { PersonView } from '@streamus/client';
import {
  type PersonId,
  type SourceId,
  type SourceKind,
  sourceId,
  sourceKind,
  sourcePerson,
} from '@streamus/studio';

/** One card in the row of people and sources. */
export interface Card {
  readonly source: SourceId;
  readonly person: PersonId;
  readonly kind: SourceKind;
  readonly onStage: boolean;
}

function card(source: SourceId, onStage: boolean): Card {
  return { source, person: sourcePerson(source), kind: sourceKind(source), onStage };
}

/**
 * Cards in the order of the row: what is on stage first, most prominent first; then backstage, oneself first and
 * everyone else as they came. People who left and are not on stage have no card.
 */
export function studioCards(stage: readonly SourceId[], people: readonly PersonView[]): Card[] {
  const known = new Set<string>(people.map((person) => person.id));
  const staged = stage.filter((source) => known.has(sourcePerson(source)));
  const taken = new Set<SourceId>(staged);
  const waiting = [...people]
    .sort((a, b) => Number(b.you) - Number(a.you))
    .flatMap((person) => [
      ...(person.connected ? [sourceId('camera', person.id)] : []),
      ...(person.screenOn ? [sourceId('screen', person.id)] : []),
    ])
    .filter((source) => !taken.has(source));
  return [...staged.map((source) => card(source, true)), ...waiting.map((source) => card(source, false))];
}
