import { Button } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '#renderer/words/words.ts';
import classes from './settings.module.css';

/** Shows one notification on this machine, and says what came of it. */
export function NotificationTest() {
  const say = useWords('settings');
  const [outcome, setOutcome] = useState('');
  const send = async () => {
    if (typeof Notification === 'undefined') {
      setOutcome(say('notifications.testNot', { reason: say('notifications.notHere') }));
      return;
    }
    const permission =
      Notification.permission === 'default' ? await Notification.requestPermission() : Notification.permission;
    if (permission !== 'granted') {
      setOutcome(say('notifications.testNot', { reason: say('notifications.denied') }));
      return;
    }
    const sent = new Notification(say('notifications.testTitle'), { body: say('notifications.testBody'), tag: 'test' });
    sent.onerror = () => setOutcome(say('notifications.testNot', { reason: say('notifications.notHere') }));
    setOutcome(say('notifications.testShown'));
  };
  return (
    <div className={classes.line}>
      <Button onClick={() => void send()}>{say('notifications.test')}</Button>
      <span role="status">{outcome}</span>
    </div>
  );
}
