import { IconLock, IconSend } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import type { KeptDraft } from '#renderer/drafts/use-kept-draft.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './composer.module.css';
import type { ComposerTab, EntryContent } from './entry-content.schema.ts';

const ICONS = { note: IconLock, reply: IconSend } as const;

/** The tabs, with the arrow keys of the pattern and a dot where something half-written waits. */
export function ComposerTabs(props: {
  readonly tabs: readonly ComposerTab[];
  readonly tab: ComposerTab;
  readonly drafts: Readonly<Record<ComposerTab, KeptDraft<EntryContent> | null>>;
  readonly panelId: string;
  readonly onTab: (tab: ComposerTab) => void;
}) {
  const say = useWords('incident');
  const list = useRef<HTMLDivElement>(null);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const other = props.tabs.find((each) => each !== props.tab) ?? props.tab;
    props.onTab(other);
    list.current?.querySelector<HTMLElement>(`[data-tab="${other}"]`)?.focus();
  };
  return (
    <div ref={list} className={classes.tabs} role="tablist" aria-label={say('composer.label')} onKeyDown={press}>
      {props.tabs.map((each) => {
        const Icon = ICONS[each];
        const waiting = each !== props.tab && props.drafts[each]?.content.body.trim();
        return (
          <button
            key={each}
            type="button"
            role="tab"
            className={classes.tab}
            data-tab={each}
            aria-selected={props.tab === each}
            aria-controls={props.panelId}
            tabIndex={props.tab === each ? 0 : -1}
            title={waiting ? say('composer.draftKept') : undefined}
            onClick={() => props.onTab(each)}
          >
            <Icon size={14} aria-hidden="true" />
            {say(`composer.${each}`)}
            {waiting && <span className={classes.dot} aria-hidden="true" />}
          </button>
        );
      })}
    </div>
  );
}
