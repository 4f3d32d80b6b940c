import { Popover } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useSteadyWatch } from '#renderer/platform/hooks.ts';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './search-box.module.css';
import { type SearchLine, SearchList } from './search-list.tsx';
import { useAskLine } from './use-ask-line.ts';

const LIMIT = 8;

export interface SearchBoxProps {
  readonly onOpen: (idOrNumber: string) => void;
  /** Every incident that holds the text, as a list. */
  readonly onShowAll: (text: string) => void;
  /** Where the window is. */
  readonly place: string;
  /** The text whose results stand there; '' anywhere else. */
  readonly resultsOf: string;
}

/**
 * The searchbox "Search incidents": suggestions as one types, a polite count, Enter opens or lists all. Its text stands
 * as long as its results do: going to another place empties it, coming back to them brings it back. Where this device
 * keeps only a part, it says so, and the server can be asked for a number that is not here.
 */
export function SearchBox({ onOpen, onShowAll, place, resultsOf }: SearchBoxProps) {
  const say = useWords('app');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [opened, setOpened] = useState(false);
  const [active, setActive] = useState(-1);
  const at = `${place} ${resultsOf}`;
  const [wasAt, setWasAt] = useState(at);
  if (wasAt !== at) {
    setWasAt(at);
    setText(resultsOf);
  }
  const [asked] = useDebouncedValue(text.trim(), 80);
  const { value } = useSteadyWatch('search', asked === '' ? null : { text: asked, limit: LIMIT });
  const hits = value?.hits ?? [];
  const total = value?.total ?? 0;
  const reading = value?.reading ?? null;
  const shown = opened && asked !== '' && value !== undefined;
  const toOpened = (idOrNumber: string) => {
    leave();
    input.current?.blur();
    setText('');
    onOpen(idOrNumber);
  };
  const server = useAskLine(asked, toOpened);
  const lines: readonly SearchLine[] = [
    ...hits.map((hit): SearchLine => ({ kind: 'hit', hit })),
    ...(total > 0 ? [{ kind: 'all', total } as const] : []),
    ...(server.number === null ? [] : [{ kind: 'ask', number: server.number } as const]),
  ];
  useAction('search', () => {
    input.current?.focus();
    input.current?.select();
  });

  const leave = () => {
    setOpened(false);
    setActive(-1);
    server.forget();
  };
  const listAll = () => {
    leave();
    input.current?.blur();
    if (text.trim() !== '') onShowAll(text.trim());
  };
  const take = (at: number) => {
    const line = lines[at];
    if (line?.kind === 'hit') toOpened(line.hit.number);
    else if (line?.kind === 'ask') server.ask?.(line.number);
    else listAll();
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && lines.length > 0) {
      event.preventDefault();
      setOpened(true);
      setActive((was) => (was < 0 ? (step > 0 ? 0 : lines.length - 1) : (was + step + lines.length) % lines.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const exact = hits.findIndex((hit) => hit.number.toLowerCase() === text.trim().toLowerCase());
      // With nothing found here there is only one way that a number can lead to.
      const only = total === 0 && text.trim() === asked ? lines.findIndex(({ kind }) => kind === 'ask') : -1;
      take(active >= 0 ? active : Math.max(exact, only));
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (shown) leave();
      else {
        setText('');
        input.current?.blur();
      }
    }
  };
  const readingWords = reading && say(total === 0 ? 'search.readingNone' : 'search.reading', { ...reading });
  const foundWords = readingWords ?? (total === 0 ? say('search.count', { count: 0 }) : null);
  const notes = [foundWords, server.note].filter((note) => note !== null);
  const counted = say(reading ? 'search.countSoFar' : 'search.count', { count: total });
  return (
    <search className={classes.search}>
      <Popover
        opened={shown}
        width="target"
        position="bottom-start"
        offset={2}
        withRoles={false}
        withinPortal={false}
        floatingStrategy="fixed"
        trapFocus={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
      >
        <Popover.Target>
          <div className={classes.box}>
            <IconSearch size={16} className={classes.glass} aria-hidden="true" />
            <input
              ref={input}
              type="search"
              className={classes.input}
              aria-label={say('search')}
              aria-autocomplete="list"
              aria-controls={shown ? `${id}-list` : undefined}
              aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
              placeholder={say('search')}
              autoComplete="off"
              spellCheck={false}
              value={text}
              onChange={(event) => {
                setText(event.currentTarget.value);
                setOpened(true);
                setActive(-1);
                server.forget();
              }}
              onFocus={() => setOpened(true)}
              onBlur={leave}
              onKeyDown={press}
            />
            {text === '' && (
              <span className={classes.key} aria-hidden="true">
                /
              </span>
            )}
          </div>
        </Popover.Target>
        <Popover.Dropdown>
          <SearchList
            id={id}
            lines={lines}
            active={active}
            onActive={setActive}
            onTake={take}
            notes={notes}
            asking={server.asking}
          />
        </Popover.Dropdown>
      </Popover>
      <span className="visually-hidden" role="status">
        {shown ? [counted, server.note].filter((each) => each !== null).join('. ') : ''}
      </span>
    </search>
  );
}
