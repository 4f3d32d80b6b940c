import { Checkbox } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { JoinPreview } from '#contracts/engine/agreement.ts';
import { useWords } from '#renderer/words/words.ts';
import { useConnectStore } from './connect-store.ts';
import classes from './connection.module.css';
import { isKeptBack, kindsOf, undecided } from './mapping.ts';
import { MappingTable } from './mapping-table.tsx';

function Note({ children }: { readonly children: ReactNode }) {
  return (
    <div className={classes.note}>
      <IconInfoCircle size={16} aria-hidden="true" className={classes.noteGlyph} />
      <p className={classes.text}>{children}</p>
    </div>
  );
}

function Mapping({ preview }: { readonly preview: JoinPreview }) {
  const say = useWords('connection');
  const choices = useConnectStore((state) => state.choices);
  const [unmatchedOnly, setUnmatchedOnly] = useState(false);
  const kinds = useMemo(() => kindsOf(preview), [preview]);
  const open = undecided(preview, choices);
  const unmatched = kinds.reduce((sum, kind) => sum + kind.unmatched.length, 0);
  const shown = kinds.filter((kind) => !unmatchedOnly || kind.unmatched.length > 0);
  return (
    <>
      <p className={classes.text}>{say(preview.mayAddRecords ? 'join.map' : 'join.mapAll')}</p>
      {!preview.mayAddRecords && <Note>{say('join.mayNotAdd', { open })}</Note>}
      <div className={classes.filter}>
        <Checkbox
          label={say('join.unmatchedOnly')}
          checked={unmatchedOnly}
          onChange={(event) => setUnmatchedOnly(event.currentTarget.checked)}
        />
        <span role="status" className={classes.hint}>
          {say('join.unmatched', { count: unmatched, total: preview.rows.length })}
        </span>
      </div>
      {shown.map((kind) => (
        <MappingTable
          key={kind.kind}
          of={kind}
          unmatchedOnly={unmatchedOnly}
          mayAddRecords={preview.mayAddRecords}
          choices={choices}
        />
      ))}
      {shown.length === 0 && <p className={classes.hint}>{say('join.allMatched')}</p>}
    </>
  );
}

/** What joining would do, in words, and what the records of this desk become on the server. */
export function JoinStep({ preview }: { readonly preview: JoinPreview | null }) {
  const say = useWords('connection');
  const common = useWords('common');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { incidents = 0, person } = preview ?? {};
  const name = person?.name ?? '';
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className={classes.heading}>
        {person
          ? say('join.title', { name, role: common(`role.${person.role}`), address: preview?.address ?? '' })
          : say('join.looking')}
      </h3>
      {preview &&
        (isKeptBack(preview) ? (
          <Note>{say('join.mayNotHandOver', { name, incidents })}</Note>
        ) : (
          <p className={classes.text}>{say('join.incidents', { name, incidents })}</p>
        ))}
      {preview && !isKeptBack(preview) && preview.rows.length > 0 && <Mapping preview={preview} />}
    </>
  );
}
