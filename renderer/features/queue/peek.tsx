import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import type { Activity, Id } from '#domain/activity/activity.ts';
import { useSteadyWatch, useWatch } from '#renderer/platform/hooks.ts';
import { GuardedButton } from '#renderer/ui/guarded-button.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { OwnerMark } from '#renderer/ui/owner-mark.tsx';
import { PriorityMark } from '#renderer/ui/priority-mark.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { StateMark } from '#renderer/ui/state-mark.tsx';
import { useForbidden } from '#renderer/ui/use-forbidden.ts';
import { useWords } from '#renderer/words/words.ts';
import { ACTION_OF, type BulkDeed, fitsSome } from './bulk.ts';
import classes from './peek.module.css';

const FIRST_DEEDS: readonly BulkDeed[] = ['assignToMe', 'start', 'resume', 'resolve', 'transfer'];
const ENTRIES = ['incident.note', 'incident.reply', 'incident.message', 'incident.call'] as const;
type EntryType = (typeof ENTRIES)[number];

interface Entry {
  readonly id: Id;
  readonly type: EntryType;
  readonly body: string;
  readonly at: number;
  readonly actor: Id;
}

const hasBody = (payload: unknown): payload is { body: string } =>
  typeof payload === 'object' && payload !== null && 'body' in payload && typeof payload.body === 'string';

const WITHDRAWN = 'incident.replyWithdrawn';

const entryIdOf = (payload: unknown): Id | undefined =>
  typeof payload === 'object' && payload !== null && 'entryId' in payload && typeof payload.entryId === 'string'
    ? payload.entryId
    : undefined;

/** The last three things somebody said or wrote, newest first. */
export function lastEntries(timeline: readonly Activity[]): readonly Entry[] {
  // A reply taken back before it went out was never said to anybody.
  const withdrawn = new Set(timeline.flatMap(({ type, payload }) => (type === WITHDRAWN ? [entryIdOf(payload)] : [])));
  const said = timeline.flatMap((activity): Entry[] => {
    const type = ENTRIES.find((each) => each === activity.type);
    if (!type || !hasBody(activity.payload) || withdrawn.has(entryIdOf(activity.payload) ?? '')) return [];
    return [{ id: activity.id, type, body: activity.payload.body, at: activity.occurredAt, actor: activity.actor }];
  });
  return said.slice(-3).toReversed();
}

function Entries({ row }: { row: QueueRow }) {
  const say = useWords('queue');
  const { value } = useSteadyWatch('incident', { idOrNumber: row.id });
  const entries = value && value.incident.id === row.id ? lastEntries(value.timeline) : [];
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{say('peek.recent')}</h3>
      {entries.length === 0 && <p className={classes.quiet}>{say('peek.noEntries')}</p>}
      <ol className={classes.entries}>
        {entries.map((entry) => (
          <li key={entry.id} className={classes.entry} data-type={entry.type}>
            <div className={classes.meta}>
              <span>{say(`peek.entry.${entry.type}`)}</span>
              <span>{value?.names[entry.actor] ?? ''}</span>
              <RelativeTime at={entry.at} />
            </div>
            <p className={classes.body} dir="auto">
              {entry.body}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Caller({ row }: { row: QueueRow }) {
  const say = useWords('queue');
  const common = useWords('common');
  const card = useWatch('callerCard', row.callerId ? { personId: row.callerId } : null);
  const place = [card?.siteName, card?.person.room].filter(Boolean).join(', ');
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{say('peek.caller')}</h3>
      {row.callerName === null ? (
        <p className={classes.quiet}>{say('peek.noCaller')}</p>
      ) : (
        <p className={classes.paragraph}>
          <strong>{row.callerName}</strong>
          {row.vip && <span className={classes.vip}>{common('vip')}</span>}
          {card && (
            <span className={classes.details}>
              {place && <span>{place}</span>}
              {card.person.phone && <bdi className="tabular">{card.person.phone}</bdi>}
              {card.person.handlingNotes && <span dir="auto">{card.person.handlingNotes}</span>}
              <span>{say('peek.openCount', { count: Math.max(0, card.openCount) })}</span>
            </span>
          )}
        </p>
      )}
    </section>
  );
}

export interface PeekProps {
  readonly row: QueueRow;
  readonly me: Id | null;
  readonly onOpen: () => void;
  readonly onClose: () => void;
  readonly onDeed: (deed: BulkDeed) => void;
}

/** The region "Peek", 420 px: caller, last three entries, first actions. Follows j and k. */
export function Peek({ row, me, onOpen, onClose, onDeed }: PeekProps) {
  const say = useWords('queue');
  const common = useWords('common');
  const forbidden = useForbidden();
  return (
    <section aria-label={say('peek')} className={classes.peek}>
      <div className={classes.top}>
        <PriorityMark priority={row.priority} overridden={row.overridden} />
        <span className={classes.number}>{row.number}</span>
        <span className={classes.space} />
        <Button onClick={onOpen}>{say('peek.open')}</Button>
        <IconButton label={common('dismiss')} onClick={onClose}>
          <IconX size={18} aria-hidden="true" />
        </IconButton>
      </div>
      <div className={classes.content}>
        <h2 className={classes.title} dir="auto">
          {row.shortDescription || say('noDescription')}
        </h2>
        <div className={classes.marks}>
          <StateMark state={row.state} holdReason={row.holdReason} />
          <OwnerMark
            name={row.ownerName}
            groupName={row.groupName}
            isMe={row.ownerId !== null && row.ownerId === me}
            waitingSince={row.waitingForPickUpSince}
          />
        </div>
        <div className={classes.actions}>
          {FIRST_DEEDS.filter((deed) => fitsSome(deed, [row]) && !(deed === 'assignToMe' && row.ownerId === me)).map(
            (deed) => (
              <GuardedButton key={deed} whyNot={forbidden(ACTION_OF[deed])} onClick={() => onDeed(deed)}>
                {say(`bulk.${deed}`)}
              </GuardedButton>
            ),
          )}
        </div>
        <Caller row={row} />
        <Entries row={row} />
      </div>
    </section>
  );
}
