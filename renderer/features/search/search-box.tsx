import { Popover } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { SearchHit } from '#contracts/engine/protocol.ts';
import { useSteadyWatch } from '#renderer/platform/hooks.ts';
import { useAction } from '#renderer/ui/keys/action-store.ts';
import { PriorityMark } from '#renderer/ui/priority-mark.tsx';
import { useWords } from '#renderer/words/words.ts';
import classes from './search-box.module.css';

const LIMIT = 8;

export interface SearchBoxProps {
  readonly onOpen: (number: string) => void;
  /** Every incident that holds the text, as a list. */
  readonly onShowAll: (text: string) => void;
  /** Where the window is. */
  readonly place: string;
  /** The text whose results stand there; '' anywhere else. */
  readonly resultsOf: string;
}

function Suggestion({ hit }: { hit: SearchHit }) {
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

/**
 * The searchbox "Search incidents": suggestions as one types, a polite count, Enter opens or lists all. Its text stands
 * as long as its results do: going to another place empties it, coming back to them brings it back.
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
  /** The line after the hits lists them all. */
  const lines = hits.length + (total > 0 ? 1 : 0);
  useAction('search', () => {
    input.current?.focus();
    input.current?.select();
  });

  const leave = () => {
    setOpened(false);
    setActive(-1);
  };
  const take = (line: number) => {
    const hit = hits[line];
    leave();
    input.current?.blur();
    if (hit) {
      setText('');
      onOpen(hit.number);
    } else if (text.trim() !== '') onShowAll(text.trim());
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && lines > 0) {
      event.preventDefault();
      setOpened(true);
      setActive((was) => (was < 0 ? (step > 0 ? 0 : lines - 1) : (was + step + lines) % lines));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const exact = hits.findIndex((hit) => hit.number.toLowerCase() === text.trim().toLowerCase());
      take(active >= 0 ? active : exact);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (shown) leave();
      else {
        setText('');
        input.current?.blur();
      }
    }
  };
  const options = [...hits.map((hit) => ({ key: hit.id, hit })), ...(total > 0 ? [{ key: 'all', hit: null }] : [])];
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
          <div id={`${id}-list`} role="listbox" aria-label={say('search.suggestions')}>
            {options.map(({ key, hit }, line) => (
              // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the searchbox (aria-activedescendant)
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the searchbox's
              <div
                key={key}
                id={`${id}-${line}`}
                role="option"
                aria-selected={line === active}
                className={classes.option}
                onMouseDown={(event) => event.preventDefault()}
                onMouseMove={() => line !== active && setActive(line)}
                onClick={() => take(line)}
              >
                {hit ? <Suggestion hit={hit} /> : say('search.showAll', { count: total })}
              </div>
            ))}
          </div>
          {(reading || total === 0) && (
            <div className={classes.nothing}>
              {reading
                ? say(total === 0 ? 'search.readingNone' : 'search.reading', { ...reading })
                : say('search.count', { count: 0 })}
            </div>
          )}
        </Popover.Dropdown>
      </Popover>
      <span className="visually-hidden" role="status">
        {shown ? say(reading ? 'search.countSoFar' : 'search.count', { count: total }) : ''}
      </span>
    </search>
  );
}
