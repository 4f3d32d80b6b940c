import { Tabs, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { useWatch } from '#renderer/platform/hooks.ts';
import { newId } from '#renderer/platform/ids.ts';
import { GuardedButton } from '#renderer/ui/guarded-button.tsx';
import { useReady } from '#renderer/ui/ready.ts';
import { useForbidden } from '#renderer/ui/use-forbidden.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './directory.module.css';
import { type AnyRecord, blankRecord, kindOf, LISTS, type ListName, linesOf } from './lists.ts';
import { RecordDialog } from './record-dialog.tsx';
import { RecordList } from './record-list.tsx';

function ListPanel({ list }: { list: ListName }) {
  const say = useWords('directory');
  const records = useWatch('directory', { kind: kindOf(list) });
  const [text, setText] = useState('');
  const [open, setOpen] = useState<{ record: AnyRecord; isNew: boolean } | null>(null);
  const whyNot = useForbidden()('configure');
  const asked = useDeferredValue(text);
  const lines = useMemo(() => (records ? linesOf(list, records, asked) : undefined), [list, records, asked]);
  const total = useMemo(() => (records ? linesOf(list, records, '').length : 0), [list, records]);
  return (
    <div className={classes.panel}>
      <div className={classes.tools}>
        <TextInput
          className={classes.filter ?? ''}
          aria-label={say('filter')}
          placeholder={say('filter')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className={classes.count} role="status">
          {lines && (asked ? say('countOf', { shown: lines.length, total }) : say('count', { count: total }))}
        </span>
        <GuardedButton
          variant="filled"
          whyNot={whyNot}
          onClick={() => setOpen({ record: blankRecord(list, newId()), isNew: true })}
        >
          {say(`new.${list}`)}
        </GuardedButton>
      </div>
      <RecordList
        name={say(`kind.${list}`)}
        lines={lines}
        filtered={asked !== ''}
        onOpen={(record) => setOpen({ record, isNew: false })}
      />
      {open && <RecordDialog key={open.record.id} list={list} {...open} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** Callers, agents, teams, categories, services, items and sites as plain lists that can be edited. */
export function DirectoryScreen() {
  const say = useWords('directory');
  const [list, setList] = useState<ListName>('people');
  useReady('directory', true);
  return (
    <main className={classes.page}>
      <h1 className={classes.title}>{say('title')}</h1>
      <Tabs
        value={list}
        onChange={(value) => setList(LISTS.find((each) => each === value) ?? list)}
        classNames={{ root: classes.tabs ?? '', tab: classes.tab ?? '', panel: classes.tabPanel ?? '' }}
        keepMounted={false}
      >
        <Tabs.List aria-label={say('kinds')}>
          {LISTS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {say(`kind.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {LISTS.map((each) => (
          <Tabs.Panel key={each} value={each}>
            <ListPanel list={each} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </main>
  );
}
