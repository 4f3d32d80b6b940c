import { Menu } from '@mantine/core';
import { IconBell, IconBellRinging, IconPlus } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { Session } from '#contracts/engine/protocol.ts';
import { GuardedButton } from '#renderer/ui/guarded-button.tsx';
import { perform } from '#renderer/ui/keys/action-store.ts';
import { initialsOf } from '#renderer/ui/owner-mark.tsx';
import { useForbidden } from '#renderer/ui/use-forbidden.ts';
import { useWords } from '#renderer/words/words.ts';
import { openDialog } from './dialogs.ts';
import classes from './top-bar.module.css';

function PersonMenu({ session }: { session: Session | undefined }) {
  const say = useWords('app');
  const name = session?.person?.name ?? say('nobody');
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className={classes.person} title={name}>
          <span className={classes.initials} aria-hidden="true">
            {initialsOf(name)}
          </span>
          <span className={classes.personName} dir="auto">
            {name}
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => openDialog('switchPerson')}>{say('switchPerson')}</Menu.Item>
        <Menu.Item onClick={() => perform('settings')}>{say('settings')}</Menu.Item>
        <Menu.Item onClick={() => openDialog('commands')}>{say('commands')}</Menu.Item>
        <Menu.Item onClick={() => openDialog('keyboard')}>{say('keyboard')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export interface TopBarProps {
  readonly session: Session | undefined;
  readonly unacknowledged: number;
  /** "New incident" is the one filled button, unless the screen below has its own. */
  readonly filled: boolean;
  readonly search: ReactNode;
}

/** 44 px: bell and desk, search, new incident, alerts, person. */
export const TopBar = memo(function TopBar({ session, unacknowledged, filled, search }: TopBarProps) {
  const say = useWords('app');
  const common = useWords('common');
  const forbidden = useForbidden();
  const AlertIcon = unacknowledged > 0 ? IconBellRinging : IconBell;
  return (
    <header className={classes.bar}>
      <div className={classes.desk}>
        <IconBell size={20} stroke={2} className={classes.bell} aria-hidden="true" />
        <span className={classes.deskName}>{session?.deskName || common('appName')}</span>
      </div>
      <div className={classes.search}>{search}</div>
      <div className={classes.actions}>
        <GuardedButton
          variant={filled ? 'filled' : 'default'}
          whyNot={forbidden('record')}
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          className={classes.create ?? ''}
          onClick={() => openDialog('newIncident')}
        >
          {say('newIncident')}
        </GuardedButton>
        <div className={classes.alertPlace} data-some={unacknowledged > 0 || undefined}>
          <button
            type="button"
            className={classes.alerts}
            aria-label={say('alerts')}
            title={say('alerts')}
            aria-describedby="alert-count"
            onClick={() => openDialog('alerts')}
          >
            <AlertIcon size={18} stroke={1.75} aria-hidden="true" />
          </button>
          {unacknowledged > 0 && (
            <span className={classes.badge} aria-hidden="true">
              {unacknowledged}
            </span>
          )}
        </div>
        <span id="alert-count" hidden>
          {say('alertCount', { count: unacknowledged })}
        </span>
        <PersonMenu session={session} />
      </div>
    </header>
  );
});
