import { Tooltip } from '@mantine/core';
import { IconAddressBook, IconSettings } from '@tabler/icons-react';
import { type MouseEvent, memo, type ReactNode } from 'react';
import type { DeskRoute } from '#contracts/host/desk-host.ts';
import type { QueueId } from '#domain/queue/queues.ts';
import { hashOf, navigate, useNavigation } from '#renderer/ui/navigation.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './navigation-bar.module.css';
import { QUEUE_GROUPS, QUEUE_ICONS } from './queue-groups.ts';

interface PlaceProps {
  readonly to: DeskRoute;
  readonly name: string;
  readonly rail: boolean;
  readonly current: boolean;
  readonly icon: ReactNode;
  readonly describedBy?: string;
  readonly children?: ReactNode;
}

function Place({ to, name, rail, current, icon, describedBy, children }: PlaceProps) {
  const go = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <li className={classes.place} data-current={current || undefined}>
      <Tooltip label={name} position="right" disabled={!rail}>
        <a
          className={classes.link}
          href={hashOf(to)}
          onClick={go}
          aria-current={current ? 'page' : undefined}
          aria-describedby={describedBy}
          title={rail ? undefined : name}
        >
          <span className={classes.icon} aria-hidden="true">
            {icon}
          </span>
          <span className={rail ? 'visually-hidden' : classes.name}>{name}</span>
        </a>
      </Tooltip>
      {children}
    </li>
  );
}

export type Counts = Readonly<Record<QueueId, number | null>>;

/** "Queues" with exact counts, and below it the desk's other places. 216 px, or a rail of 52. */
export const NavigationBar = memo(function NavigationBar({
  counts,
  rail,
}: {
  counts: Counts | undefined;
  rail: boolean;
}) {
  const say = useWords('app');
  const common = useWords('common');
  const { route, queueRoute } = useNavigation();
  const current = route.name === 'queue' ? route.queue : route.name === 'incident' ? queueRoute.queue : null;
  return (
    <div className={classes.bar} data-rail={rail || undefined}>
      <nav aria-label={say('queues')} className={classes.queues}>
        {QUEUE_GROUPS.map(({ group, queues }) => (
          <ul key={group} className={classes.group} aria-label={say(`group.${group}`)}>
            {queues.map((queue) => {
              const Icon = QUEUE_ICONS[queue];
              const count = counts?.[queue];
              return (
                <Place
                  key={queue}
                  to={{ name: 'queue', queue }}
                  name={common(`queue.${queue}`)}
                  rail={rail}
                  current={current === queue}
                  icon={<Icon size={18} stroke={1.75} />}
                  {...(count === undefined ? {} : { describedBy: `count-${queue}` })}
                >
                  {count !== undefined && (
                    <span id={`count-${queue}`} className={classes.count} data-zero={count ? undefined : true}>
                      {count ?? (
                        <>
                          <span aria-hidden="true">–</span>
                          <span className="visually-hidden">{say('notKept')}</span>
                        </>
                      )}
                    </span>
                  )}
                </Place>
              );
            })}
          </ul>
        ))}
      </nav>
      <nav aria-label={say('places')} className={classes.places}>
        <ul className={classes.group}>
          <Place
            to={{ name: 'directory' }}
            name={say('directory')}
            rail={rail}
            current={route.name === 'directory'}
            icon={<IconAddressBook size={18} stroke={1.75} />}
          />
          <Place
            to={{ name: 'settings' }}
            name={say('settings')}
            rail={rail}
            current={route.name === 'settings'}
            icon={<IconSettings size={18} stroke={1.75} />}
          />
        </ul>
      </nav>
    </div>
  );
});
