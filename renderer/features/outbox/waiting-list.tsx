import { IconAlertTriangle } from '@tabler/icons-react';
import type { AgreementQueries, Connection, OutboxItem } from '#contracts/engine/agreement.ts';
import type { Id } from '#domain/activity/activity.ts';
import { useDeedWords } from '#renderer/ui/deed-words.ts';
import { fieldLabel, isToldField } from '#renderer/ui/incident-fields/field-values.ts';
import { useRefusedWords } from '#renderer/ui/refused-words.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { type TimeWords, useTime } from '#renderer/ui/time.ts';
import type { Words } from '#renderer/words/areas.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './outbox.module.css';

/** Why one of them has not gone yet: its own reason first, else what holds up them all. */
function whySentence(item: OutboxItem, { states }: Connection, say: Words<'outbox'>, time: TimeWords): string {
  if (item.why === 'signInNeeded') return say('why.signInNeeded', { person: item.personName });
  if (item.why === 'again') return say('why.again');
  for (const state of states) {
    if (state.kind === 'offline') return say('why.offline', { when: time.clockOrDate(state.since) });
    if (state.kind === 'notOurServer' || state.kind === 'versionTooOld') return say(`why.${state.kind}`);
    if (state.kind === 'loading' || state.kind === 'sending') return say(`why.${state.kind}`);
  }
  return say('why.waiting');
}

export interface WaitingListProps {
  readonly connection: Connection;
  readonly outbox: AgreementQueries['outbox']['value'];
  readonly me: Id | null;
  readonly onOpen: (idOrNumber: string) => void;
}

/** What waits, in the order it goes. */
export function WaitingList({ connection, outbox: { total, items }, me, onOpen }: WaitingListProps) {
  const say = useWords('outbox');
  const time = useTime();
  const [oldest] = items;
  return (
    <div>
      <p className={classes.summary}>
        {say('waiting', { count: total })} {oldest && say('oldest', { when: time.dateAndTime(oldest.recordedAt) })}
      </p>
      <ul className={classes.list} aria-label={say('list')}>
        {items.map((item) => (
          <Waiting
            key={item.commandId}
            item={item}
            why={whySentence(item, connection, say, time)}
            isMine={item.personId === me}
            onOpen={onOpen}
          />
        ))}
      </ul>
      {total > items.length && <p className={classes.more}>{say('more', { count: total - items.length })}</p>}
    </div>
  );
}

interface WaitingProps {
  readonly item: OutboxItem;
  readonly why: string;
  readonly isMine: boolean;
  readonly onOpen: (idOrNumber: string) => void;
}

function Waiting({ item, why, isMine, onOpen }: WaitingProps) {
  const say = useWords('outbox');
  const common = useWords('common');
  const incident = useWords('incident');
  const deed = useDeedWords();
  const refused = useRefusedWords();
  const { incidentId, mayBeRefused } = item;
  const fields = item.fields.map((field) => (isToldField(field) ? fieldLabel(field, { say: incident }) : field));
  const deedAlone = deed.what(item);
  const what = fields.length > 0 ? say('what.fields', { what: deedAlone, fields: fields.join(', ') }) : deedAlone;
  return (
    <li className={classes.item}>
      {incidentId === null ? (
        <span className={classes.what} dir="auto">
          {what}
        </span>
      ) : (
        <button
          type="button"
          className={classes.what}
          dir="auto"
          title={say('open', { incident: item.number ?? deed.incident(item) })}
          onClick={() => onOpen(incidentId)}
        >
          {what}
        </button>
      )}
      <span className={classes.meta}>
        <span>{isMine ? common('me') : item.personName}</span>
        <RelativeTime at={item.recordedAt} />
        <span>{why}</span>
      </span>
      {mayBeRefused && (
        <span className={classes.warning}>
          <IconAlertTriangle size={14} aria-hidden="true" className={classes.glyph} />
          {say('mayBeRefused', { reason: refused(mayBeRefused) })}
        </span>
      )}
    </li>
  );
}
