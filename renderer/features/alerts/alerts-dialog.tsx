import { Button, Menu, Modal } from '@mantine/core';
import { useState } from 'react';
import type { AlertEntry } from '#contracts/engine/protocol.ts';
import type { Id } from '#domain/activity/activity.ts';
import { useEngine, useWatch } from '#renderer/platform/hooks.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { PriorityMark } from '#renderer/ui/priority-mark.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import type { WordKey } from '#renderer/words/areas.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './alerts.module.css';
import { DigestMembers } from './digest-members.tsx';

const LIMIT = 200;
const MINUTE = 60_000;
const REASONS = [
  'notSupported',
  'noDaemon',
  'permissionDenied',
  'failed',
  'switchedOff',
  'unknownAfterRestart',
  'notAtDesk',
  'settledAway',
  'inDigest',
] as const;

/** 08:00 of the next morning here. */
function tomorrowMorning(now: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + 1);
  date.setHours(8, 0, 0, 0);
  return date.getTime();
}

function reasonKey(reason: string | null): WordKey<'alerts'> {
  const known = REASONS.find((each) => each === reason);
  return known ? `reason.${known}` : 'reason.other';
}

function Delivery({ alert }: { alert: AlertEntry }) {
  const say = useWords('alerts');
  const last = alert.delivery.at(-1);
  if (!last) return null;
  return (
    <span>
      {last.shown ? (
        <>
          {say('shown')} <RelativeTime at={last.at} />
        </>
      ) : (
        say('notShown', { reason: say(reasonKey(last.reason)) })
      )}
    </span>
  );
}

function SnoozeMenu({ describedBy, onSnooze }: { describedBy: string; onSnooze: (until: number) => void }) {
  const say = useWords('alerts');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button aria-describedby={describedBy}>{say('snooze')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say('snooze.options')}</Menu.Label>
        {[15, 30].map((minutes) => (
          <Menu.Item key={minutes} onClick={() => onSnooze(Date.now() + minutes * MINUTE)}>
            {say('snooze.minutes', { count: minutes })}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => onSnooze(Date.now() + 60 * MINUTE)}>{say('snooze.hour')}</Menu.Item>
        <Menu.Item onClick={() => onSnooze(tomorrowMorning(Date.now()))}>{say('snooze.tomorrow')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface AlertItemProps {
  readonly alert: AlertEntry;
  readonly onOpen: (number: string) => void;
  readonly onAcknowledge: () => void;
  readonly onSnooze: (until: number) => void;
}

function AlertItem({ alert, onOpen, onAcknowledge, onSnooze }: AlertItemProps) {
  const say = useWords('alerts');
  const titleId = `alert-${alert.id}`;
  const waits = alert.state === 'triggered' || alert.state === 'snoozed';
  return (
    <li className={classes.alert} data-waits={alert.state === 'triggered' || undefined}>
      {alert.priority && <PriorityMark priority={alert.priority} overridden={false} />}
      <div className={classes.what}>
        <div id={titleId} className={classes.title}>
          {alert.title}
        </div>
        {alert.rule !== 'digest' && (
          <div className={classes.subject} dir="auto">
            {alert.shortDescription ?? say('notification.confidential')}
          </div>
        )}
        <div className={classes.why}>{alert.why}</div>
        <div className={classes.meta}>
          <span>{say(`state.${alert.state}`)}</span>
          <RelativeTime at={alert.lastAt} />
          {alert.count > 1 && <span>{say('count', { count: alert.count })}</span>}
          <Delivery alert={alert} />
        </div>
        {alert.members.length > 0 && <DigestMembers alert={alert} describedBy={titleId} onOpen={onOpen} />}
      </div>
      <div className={classes.actions}>
        {alert.number !== null && (
          <Button variant="subtle" onClick={() => alert.number !== null && onOpen(alert.number)}>
            {say('open', { number: alert.number })}
          </Button>
        )}
        {alert.state === 'triggered' && <SnoozeMenu describedBy={titleId} onSnooze={onSnooze} />}
        {waits && (
          <Button aria-describedby={titleId} onClick={onAcknowledge}>
            {say('acknowledge')}
          </Button>
        )}
      </div>
    </li>
  );
}

export interface AlertsDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly personId: Id | null;
  readonly onOpen: (number: string) => void;
}

/** "Alerts": what called for this person, why, how it was told, and what is still to acknowledge. */
export function AlertsDialog({ opened, onClose, personId, onOpen }: AlertsDialogProps) {
  const say = useWords('alerts');
  const common = useWords('common');
  const engine = useEngine();
  const errors = useErrorWords();
  const [trouble, setTrouble] = useState<string | null>(null);
  const alerts = useWatch('alerts', opened && personId ? { personId, limit: LIMIT } : null);
  const settle = async (outcome: ReturnType<typeof engine.call<'acknowledgeAlert' | 'snoozeAlert'>>) => {
    const answer = await outcome;
    setTrouble(answer.ok ? null : errors.engine(answer.error));
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={say('title')}
      size={860}
      closeButtonProps={{ 'aria-label': common('dismiss'), title: common('dismiss') }}
    >
      {trouble && <ErrorNote text={trouble} />}
      {alerts && alerts.entries.length > 0 && (
        <p className={classes.summary}>{say('unacknowledged', { count: alerts.unacknowledged })}</p>
      )}
      {alerts?.entries.length === 0 && <EmptyState text={say('empty')} />}
      <ul className={classes.list}>
        {alerts?.entries.map((alert) => (
          <AlertItem
            key={alert.id}
            alert={alert}
            onOpen={onOpen}
            onAcknowledge={() => void settle(engine.call('acknowledgeAlert', { alertId: alert.id }))}
            onSnooze={(until) => void settle(engine.call('snoozeAlert', { alertId: alert.id, until }))}
          />
        ))}
      </ul>
    </Modal>
  );
}
