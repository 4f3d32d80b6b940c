import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Id } from '#domain/activity/activity.ts';
import { useWords } from '#renderer/words/words.ts';
import { AttachmentArticle } from './attachment-article.tsx';
import { type Entry, FILTERS, type Filter, foldRuns, matching, type TimelineItem } from './entry.ts';
import { ChangeArticle, TextArticle } from './entry-article.tsx';
import { FoldArticle } from './fold-article.tsx';
import { ReplyFooter } from './reply-footer.tsx';
import { rememberSeen, seenThrough } from './seen.ts';
import classes from './timeline.module.css';

export interface TimelineProps {
  readonly incidentId: Id;
  readonly personId: Id;
  /** Old to new. */
  readonly entries: readonly Entry[];
  readonly nameOf: (id: Id) => string;
  readonly onUndoReply: (commandId: Id) => void;
  /** Called when the newest entry has come into sight, with its place in the log. */
  readonly onSeen: (seq: number) => void;
}

interface Line {
  readonly item: TimelineItem;
  readonly inRun: boolean;
}

/** Every article the feed shows: an opened run is followed by its own entries. */
function linesOf(items: readonly TimelineItem[], opened: ReadonlySet<Id>): readonly Line[] {
  return items.flatMap((item): Line[] =>
    item.kind === 'fold' && opened.has(item.id)
      ? [{ item, inRun: false }, ...item.entries.map((entry) => ({ item: entry, inRun: true }))]
      : [{ item, inRun: false }],
  );
}

/** Place of the article that holds an element, as the feed counts them. */
const positionOf = (element: Element) => Number(element.closest('article')?.getAttribute('aria-posinset') ?? 0);

const highestSeq = (entries: readonly Entry[]) => entries.reduce((max, entry) => Math.max(max, entry.seq ?? 0), 0);

/** Page Up and Page Down step from entry to entry, Ctrl+End goes on to writing (ARIA feed pattern). */
function stepBetweenArticles(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'End' && event.ctrlKey) {
    event.preventDefault();
    event.currentTarget.parentElement?.nextElementSibling?.querySelector('textarea')?.focus();
    return;
  }
  const down = event.key === 'PageDown';
  if ((!down && event.key !== 'PageUp') || event.ctrlKey || event.altKey || event.metaKey) return;
  const articles = [...event.currentTarget.querySelectorAll<HTMLElement>('article')];
  const here = articles.findIndex((article) => article.contains(document.activeElement));
  const start = down ? 0 : articles.length - 1;
  const next = here < 0 ? articles[start] : articles[here + (down ? 1 : -1)];
  event.preventDefault();
  next?.focus();
}

/** Where the line "New since you looked" comes to lie below the feed's upper edge. */
const NEW_LINE_MARGIN = 48;
/** Entries off screen are only estimated in a long feed: a place is true after the frames in which they get laid out. */
const SETTLING_FRAMES = 3;
/** From this many entries on, those off screen are not laid out. */
const LONG = 100;

function settleAt(feed: HTMLElement, place: () => number, frames = SETTLING_FRAMES): void {
  feed.scrollTop = place();
  if (frames > 0) requestAnimationFrame(() => settleAt(feed, place, frames - 1));
}

const atEnd = (feed: HTMLElement) => feed.scrollHeight - feed.scrollTop - feed.clientHeight < 40;

/** The incident's life as a feed, old to new, opening at the first entry not seen before. */
export function Timeline({ incidentId, personId, entries, nameOf, onUndoReply, onSeen }: TimelineProps) {
  const say = useWords('incident');
  const [filter, setFilter] = useState<Filter>('all');
  const [opened, setOpened] = useState<ReadonlySet<Id>>(new Set());
  const [seenBefore] = useState(() => seenThrough(personId, incidentId));
  const [lastFocused, setLastFocused] = useState(0);
  const feed = useRef<HTMLDivElement>(null);
  const following = useRef(true);

  const firstNew = useMemo(() => {
    if (seenBefore === null) return null;
    return entries.find((entry) => (entry.seq ?? 0) > seenBefore && entry.actor !== personId)?.id ?? null;
  }, [entries, seenBefore, personId]);
  const lines = useMemo(
    () => linesOf(foldRuns(matching(entries, filter), firstNew), opened),
    [entries, filter, firstNew, opened],
  );
  const tabStop = lastFocused > 0 && lastFocused <= lines.length ? lastFocused : lines.length;
  const newest = useMemo(() => highestSeq(entries), [entries]);
  const pendingId = entries.findLast((entry) => entry.kind === 'reply' && entry.withdrawn === null)?.id ?? null;

  const seen = useRef(onSeen);
  seen.current = onSeen;
  const markSeen = useRef((seq: number) => {
    rememberSeen(personId, incidentId, seq);
    seen.current(seq);
  });

  // The first time, go to what is new, else to the end; afterwards stay at the end if one was there.
  const placed = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new entry is what moves the feed
  useLayoutEffect(() => {
    const element = feed.current;
    if (!element || entries.length === 0) return;
    const firstNewElement = placed.current ? null : element.querySelector<HTMLElement>('[data-new-line]');
    placed.current = true;
    if (firstNewElement) settleAt(element, () => firstNewElement.offsetTop - NEW_LINE_MARGIN);
    else if (following.current) settleAt(element, () => element.scrollHeight);
    following.current = atEnd(element);
  }, [newest, entries.length]);

  useEffect(() => {
    if (following.current) markSeen.current(newest);
  }, [newest]);

  const toggle = (id: Id) =>
    setOpened((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });

  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <h2 className={classes.heading}>{say('timeline.label')}</h2>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend where the row has no room */}
        <div className={classes.filters} role="group" aria-label={say('timeline.filter')}>
          {FILTERS.map((each) => (
            <button
              key={each}
              type="button"
              className={classes.filter}
              aria-pressed={filter === each}
              onClick={() => setFilter(each)}
            >
              {say(`timeline.${each}`)}
            </button>
          ))}
        </div>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it has a role, by what it holds */}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both of its roles have a name */}
      <div
        ref={feed}
        className={classes.feed}
        // A feed of nothing is none.
        role={lines.length > 0 ? 'feed' : 'region'}
        data-long={lines.length > LONG || undefined}
        aria-label={say('timeline.label')}
        onKeyDown={stepBetweenArticles}
        onFocus={(event) => setLastFocused(positionOf(event.target))}
        onScroll={(event) => {
          following.current = atEnd(event.currentTarget);
          if (following.current) markSeen.current(newest);
        }}
      >
        {lines.length === 0 && (
          <p className={classes.empty}>{say(filter === 'all' ? 'timeline.none' : 'timeline.empty')}</p>
        )}
        {lines.map(({ item, inRun }, index) => {
          const position = index + 1;
          const place = { position, size: lines.length, tabStop: position === tabStop };
          return (
            <div key={inRun ? `run-${item.id}` : item.id} role="presentation">
              {item.id === firstNew && !inRun && (
                <p className={classes.newLine} data-new-line>
                  {say('timeline.newSince')}
                </p>
              )}
              {item.kind === 'fold' ? (
                <FoldArticle
                  fold={item}
                  opened={opened.has(item.id)}
                  onToggle={() => toggle(item.id)}
                  nameOf={nameOf}
                  {...place}
                />
              ) : item.kind === 'change' ? (
                <ChangeArticle entry={item} author={nameOf(item.actor)} inRun={inRun} {...place} />
              ) : item.kind === 'attachment' ? (
                <AttachmentArticle entry={item} author={nameOf(item.actor)} {...place} />
              ) : (
                <TextArticle
                  entry={item}
                  author={nameOf(item.actor)}
                  {...(item.withdrawn && { withdrawnBy: nameOf(item.withdrawn.by) })}
                  footer={
                    item.kind === 'reply' && (
                      <ReplyFooter entry={item} mayUndo={item.id === pendingId} onUndo={onUndoReply} />
                    )
                  }
                  {...place}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
