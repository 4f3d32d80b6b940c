import { Tooltip } from '@mantine/core';
import { IconAddressBook, IconSettings } from '@tabler/icons-react';
import { type ComponentType, type MouseEvent, memo, type ReactNode } from 'react';
import type { DeskRoute } from '#contracts/host/desk-host.ts';
import type { QueueId } from '#domain/queue/queues.ts';
import { hashOf, navigate, useNavigation } from '#renderer/ui/navigation.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './navigation-bar.module.css';
import { QUEUE_GROUPS, QUEUE_ICONS, QUEUE_ROUTES, useQueues } from './queue-groups.ts';

interface PlaceLinkProps {
  readonly to: DeskRoute;
  readonly name: string;
  readonly rail: boolean;
  /** Where a tooltip may begin, from the window's upper edge. */
  readonly below: number;
  readonly current: boolean;
  readonly icon: ComponentType<{ size: number; stroke: number }>;
  readonly describedBy?: string;
}

/** Apart from the count beside it, which changes with every command. */
const PlaceLink = memo(function PlaceLink({ to, name, rail, below, current, icon: Icon, describedBy }: PlaceLinkProps) {
  const go = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <Tooltip
      label={name}
      position="right"
      disabled={!rail}
      middlewares={{ flip: true, shift: { padding: { top: below } } }}
    >
      <a
        className={classes.link}
        href={hashOf(to)}
        onClick={go}
        aria-current={current ? 'page' : undefined}
        aria-describedby={describedBy}
        title={rail ? undefined : name}
      >
        <span className={classes.icon} aria-hidden="true">
          <Icon size={18} stroke={1.75} />
        </span>
        <span className={rail ? 'visually-hidden' : classes.name}>{name}</span>
      </a>
    </Tooltip>
  );
});

function Place({ children, ...link }: PlaceLinkProps & { readonly children?: ReactNode }) {
  return (
    <li className={classes.place} data-current={link.current || undefined}>
      <PlaceLink {...link} />
      {children}
    </li>
  );
}

/** Lower edge of what stands at the head of each place, 4 px below it: no tooltip of the rail lies over a heading. */
const HEADS: Readonly<Record<DeskRoute['name'], number>> = { queue: 92, incident: 132, directory: 132, settings: 132 };

const DIRECTORY: DeskRoute = { name: 'directory' };
const SETTINGS: DeskRoute = { name: 'settings' };

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
  const offered = useQueues();
  const groups = QUEUE_GROUPS.map(({ group, queues }) => ({
    group,
    queues: queues.filter((queue) => offered.includes(queue)),
  })).filter(({ queues }) => queues.length > 0);
  const below = HEADS[route.name];
  const current = route.name === 'queue' ? route.queue : route.name === 'incident' ? queueRoute.queue : null;
  return (
    <div className={classes.bar} data-rail={rail || undefined}>
      <nav aria-label={say('queues')} className={classes.queues}>
        {groups.map(({ group, queues }) => (
          <ul key={group} className={classes.group} aria-label={say(`group.${group}`)}>
            {queues.map((queue) => {
              const count = counts?.[queue];
              return (
                <Place
                  key={queue}
                  to={QUEUE_ROUTES[queue]}
                  name={common(`queue.${queue}`)}
                  rail={rail}
                  below={below}
                  current={current === queue}
                  icon={QUEUE_ICONS[queue]}
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
            to={DIRECTORY}
            name={say('directory')}
            rail={rail}
            below={below}
            current={route.name === 'directory'}
            icon={IconAddressBook}
          />
          <Place
            to={SETTINGS}
            name={say('settings')}
            rail={rail}
            below={below}
            current={route.name === 'settings'}
            icon={IconSettings}
          />
        </ul>
      </nav>
    </div>
  );
});
