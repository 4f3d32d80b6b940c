import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useWords } from '#renderer/words/words.ts';
import classes from './trouble-screen.module.css';

function CrashScreen() {
  const say = useWords('app');
  return (
    <main className={classes.page}>
      <div role="alert">
        <h1 className={classes.title}>{say('crash')}</h1>
        <p>{say('crash.detail')}</p>
      </div>
      <Button variant="filled" onClick={() => window.location.reload()}>
        {say('crash.reload')}
      </Button>
    </main>
  );
}

/** Where a bug in a screen ends: said plainly, and a reload loses nothing. */
export class CrashBoundary extends Component<{ children: ReactNode; resetKey: string }, { failed: string | null }> {
  override state: { failed: string | null } = { failed: null };

  static getDerivedStateFromError(): { failed: string } {
    return { failed: 'now' };
  }

  override componentDidUpdate(before: { resetKey: string }): void {
    if (this.state.failed !== null && before.resetKey !== this.props.resetKey) this.setState({ failed: null });
  }

  override render(): ReactNode {
    return this.state.failed === null ? this.props.children : <CrashScreen />;
  }
}
