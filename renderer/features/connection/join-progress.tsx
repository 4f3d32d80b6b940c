import { useEffect, useRef } from 'react';
import type { Amount, Connection } from '#contracts/engine/agreement.ts';
import { useConnection, useDeskCondition } from '#renderer/platform/hooks.ts';
import { useKeepsPart } from '#renderer/ui/scope/use-part.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './connection.module.css';
import { isSharing } from './is-sharing.ts';
import { useSyncTruth } from './use-sync-truth.ts';

const UNDER_WAY = ['handingOver', 'loading'] as const;

const loadingOf = (connection: Connection | undefined): Amount | null =>
  connection?.states.find((state) => state.kind === 'loading') ?? null;

/** A joined desk that is not yet what it will be: it hands over, or it loads. */
export const isUnderWay = (connection: Connection | undefined): boolean =>
  connection?.mode !== 'joined' || connection.handingOver !== null || loadingOf(connection) !== null;

/** The first load of a joined desk is going on. */
export const isLoading = (connection: Connection | undefined): boolean =>
  connection?.mode === 'joined' && loadingOf(connection) !== null;

function Bar({ name, text, amount: { done, total } }: { name: string; text: string; amount: Amount }) {
  return (
    <div className={classes.amount}>
      <progress
        className={classes.progress}
        aria-label={name}
        aria-valuetext={text}
        value={done}
        max={Math.max(1, total)}
      />
      <span className={classes.figures}>{text}</span>
    </div>
  );
}

/** How far a desk that joined is: first it hands over, then it loads. */
export function JoinProgress() {
  const say = useWords('connection');
  const keepsPart = useKeepsPart();
  const connection = useConnection();
  const truth = useSyncTruth(useDeskCondition());
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const handingOver = connection?.handingOver ?? null;
  const loading = loadingOf(connection);
  const underWay = isUnderWay(connection);
  const notTaken = connection?.notTaken ?? 0;
  const address = connection?.address ?? '';
  const bars = UNDER_WAY.flatMap((key) => {
    const amount = key === 'handingOver' ? handingOver : loading;
    return amount ? [{ key, amount, text: say(`sync.${key}`, { done: amount.done, total: amount.total }) }] : [];
  });
  const interrupted = underWay && isSharing(connection) && bars.every(({ text }) => text !== truth.phrase);
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className={classes.heading}>
        {say(connection?.mode === 'joined' ? 'joined.title' : 'joined.joining', { address })}
      </h3>
      {bars.map(({ key, text, amount }) => (
        <Bar key={key} name={say(`joined.${key}`)} text={text} amount={amount} />
      ))}
      <p role="status" className={classes.text}>
        {say(underWay ? 'joined.goesOn' : keepsPart ? 'joined.donePart' : 'joined.done')}
      </p>
      {handingOver && <p className={classes.hint}>{say('joined.counted')}</p>}
      {notTaken > 0 && <p className={classes.text}>{say('joined.notTaken', { count: notTaken })}</p>}
      {interrupted && <p className={classes.hint}>{say('joined.now', { phrase: truth.phrase })}</p>}
    </>
  );
}
