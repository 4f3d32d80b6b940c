import { useMemo } from 'react';
import type { Queries } from '#contracts/engine/protocol.ts';
import { type Id, SOURCE_ACTOR, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { useWatch } from '#renderer/platform/hooks.ts';
import type { Teller } from '#renderer/ui/incident-fields/field-values.ts';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import { entriesOf } from './timeline/entries.ts';
import type { Entry } from './timeline/entry.ts';

export type IncidentView = NonNullable<Queries['incident']['value']>;
export type NameOf = (id: Id) => string;

/** The incident, live; undefined while loading, null when this desk has none of that number. */
export const useIncidentView = (idOrNumber: string): IncidentView | null | undefined =>
  useWatch('incident', { idOrNumber });

/** Names of the ids an incident speaks of. Somebody unknown here is called so, never by an id. */
export function useNameOf(names: IncidentView['names']): NameOf {
  const say = useWords('incident');
  const common = useWords('common');
  return useMemo(
    () => (id) => {
      if (id === SYSTEM_ACTOR) return common('appName');
      return id === SOURCE_ACTOR ? say('fromSource') : (names[id] ?? say('unknownName'));
    },
    [names, say, common],
  );
}

/** The timeline as entries in the reader's words. */
export function useEntries(timeline: IncidentView['timeline'], nameOf: NameOf): readonly Entry[] {
  const say = useWords('incident');
  const common = useWords('common');
  const { reader, dateAndTime } = useTime();
  // biome-ignore lint/correctness/useExhaustiveDependencies: dates change with the reader, not with every tick of the clock
  return useMemo(() => {
    const teller: Teller = { say, common, nameOf, when: dateAndTime };
    return entriesOf(timeline, teller);
  }, [timeline, nameOf, say, common, reader]);
}
