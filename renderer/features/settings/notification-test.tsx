import { Button } from '@mantine/core';
import { useState } from 'react';
import { useEngine } from '#renderer/platform/hooks.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './settings.module.css';

/** Shows one notification by the path every alert takes, and says what came of it. */
export function NotificationTest() {
  const say = useWords('settings');
  const alerts = useWords('alerts');
  const engine = useEngine();
  const errors = useErrorWords();
  const [outcome, setOutcome] = useState('');
  const send = async () => {
    const words = { title: say('notifications.testTitle'), body: say('notifications.testBody') };
    const answer = await engine.call('testNotification', words);
    if (!answer.ok) setOutcome(errors.engine(answer.error));
    else if (answer.value.shown) setOutcome(say('notifications.testShown'));
    else setOutcome(say('notifications.testNot', { reason: alerts(`reason.${answer.value.reason}`) }));
  };
  return (
    <div className={classes.line}>
      <Button onClick={() => void send()}>{say('notifications.test')}</Button>
      <span role="status">{outcome}</span>
    </div>
  );
}
