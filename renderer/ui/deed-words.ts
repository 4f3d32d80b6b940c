import { useMemo } from 'react';
import type { WordKey } from '#renderer/words/areas.ts';
import { useWords } from '#renderer/words/words.ts';

/** What somebody recorded, as far as this desk knows it. */
export interface Deed {
  /** A `CommandName`, unless a newer build wrote it. */
  readonly name: string;
  readonly number: string | null;
  readonly shortDescription: string | null;
}

export interface DeedWords {
  /** "Resolve INC0000042 Printer offline" */
  what(deed: Deed): string;
  /** "INC0000042 Printer offline", as far as either is known. */
  incident(deed: Deed): string;
}

/** Commands in words, never by their names. */
export function useDeedWords(): DeedWords {
  const say = useWords('outbox');
  return useMemo(() => {
    const incident = ({ number, shortDescription }: Deed) =>
      [number, shortDescription].filter(Boolean).join(' ') || say('incident');
    return {
      incident,
      what: (deed) => {
        const key = `what.${deed.name}` as WordKey<'outbox'>;
        const words = say(key, { incident: incident(deed) });
        return words === key ? say('what.other', { incident: incident(deed) }) : words;
      },
    };
  }, [say]);
}
