import type { SearchHit } from '#contracts/engine/protocol.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { PriorityMark } from '#renderer/ui/priority-mark.tsx';
import type { Asking } from '#renderer/ui/scope/bring-here.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './search-box.module.css';

/** One option under the box: a hit, all of them as a list, or the way to what is not on this device. */
export type SearchLine =
  | { readonly kind: 'hit'; readonly hit: SearchHit }
  | { readonly kind: 'all'; readonly total: number }
  | { readonly kind: 'ask'; readonly number: string };

const keyOf = (line: SearchLine) => (line.kind === 'hit' ? line.hit.id : line.kind);

function Hit({ hit }: { hit: SearchHit }) {
  const common = useWords('common');
  return (
    <>
      <PriorityMark priority={hit.priority} overridden={hit.overridden} />
      <span className={classes.number}>{hit.number}</span>
      <span className={classes.text}>{hit.shortDescription}</span>
      <span className={classes.state}>{common(`state.${hit.state}`)}</span>
    </>
  );
}

function LineText({ line }: { line: SearchLine }) {
  const say = useWords('app');
  const scope = useWords('scope');
  switch (line.kind) {
    case 'hit':
      return <Hit hit={line.hit} />;
    case 'all':
      return say('search.showAll', { count: line.total });
    case 'ask':
      return <span className={classes.text}>{scope('ask', { number: line.number })}</span>;
  }
}

export interface SearchListProps {
  /** Of the box; the options' are made of it. */
  readonly id: string;
  readonly lines: readonly SearchLine[];
  readonly active: number;
  readonly onActive: (line: number) => void;
  readonly onTake: (line: number) => void;
  /** Quiet sentences below: what was not found or not searched, how far asking is. */
  readonly notes: readonly string[];
  readonly asking: Asking;
}

/** What stands under the searchbox: its options, and what one has to know besides. */
export function SearchList({ id, lines, active, onActive, onTake, notes, asking }: SearchListProps) {
  const say = useWords('app');
  return (
    <>
      <div id={`${id}-list`} role="listbox" aria-label={say('search.suggestions')}>
        {lines.map((line, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the searchbox (aria-activedescendant)
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the searchbox's
          <div
            key={keyOf(line)}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            className={classes.option}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => at !== active && onActive(at)}
            onClick={() => onTake(at)}
          >
            <LineText line={line} />
          </div>
        ))}
      </div>
      {notes.map((note) => (
        <div key={note} className={classes.nothing}>
          {note}
        </div>
      ))}
      {asking.kind === 'failed' && <ErrorNote text={asking.text} />}
    </>
  );
}
