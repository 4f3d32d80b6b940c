import { useEffect } from 'react';
import { useWords } from '#renderer/words/words.ts';
import { forgetNotNow, type NotNow, useActionStore } from './action-store.ts';
import { ACTIONS, type ActionId } from './actions.ts';
import classes from './not-now.module.css';

const STAYS_FOR = 5_000;
/** What is done to one open incident, while the rest of its actions take a chosen row as well. */
const OPEN_ONLY: readonly ActionId[] = ['note', 'reply', 'priority', 'reopen', 'cancel'];
const WALK: readonly ActionId[] = ['previous', 'next'];

/** Why an action cannot be carried out, where no screen has said it more exactly. */
function useGeneralSentence(action: ActionId): string {
  const say = useWords('app');
  const { group } = ACTIONS[action];
  if (action === 'undo') return say('notNow.undo');
  if (group === 'queues' || group === 'desk') return say('notNow.here');
  const words = { action: say(`action.${action as Exclude<ActionId, `queue${number}`>}`) };
  if (group === 'list') return say('notNow.list', words);
  if (WALK.includes(action)) return say('notNow.walk', words);
  return say(OPEN_ONLY.includes(action) ? 'notNow.incident' : 'notNow.chosen', words);
}

function Sentence({ notNow }: { notNow: NotNow }) {
  const general = useGeneralSentence(notNow.action);
  useEffect(() => {
    const timer = setTimeout(forgetNotNow, STAYS_FOR);
    // Whoever goes on has read it: it must not stand over what comes next.
    window.addEventListener('keydown', forgetNotNow, { capture: true });
    window.addEventListener('pointerdown', forgetNotNow, { capture: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', forgetNotNow, { capture: true });
      window.removeEventListener('pointerdown', forgetNotNow, { capture: true });
    };
  }, []);
  return <span className={classes.sentence}>{notNow.sentence ?? general}</span>;
}

/** One short sentence about a key that was pressed in vain, said politely. Mounted once by the shell. */
export function NotNowStatus() {
  const notNow = useActionStore((state) => state.notNow);
  return (
    <div role="status" className={classes.place}>
      {notNow && <Sentence key={notNow.press} notNow={notNow} />}
    </div>
  );
}
