import { create } from 'zustand';
import type { DeskRoute } from '#contracts/host/desk-host.ts';

/** Where this window is. The browser's history holds the way back; the store only mirrors its present entry. */
interface Navigation {
  readonly route: DeskRoute;
  /** The queue "previous" and "next" walk through, and the one an incident was opened from. */
  readonly queueRoute: Extract<DeskRoute, { name: 'queue' }>;
}

export const useNavigation = create<Navigation>(() => ({
  route: { name: 'queue', queue: 'myWork' },
  queueRoute: { name: 'queue', queue: 'myWork' },
}));

const show = (route: DeskRoute) =>
  useNavigation.setState((was) => ({ route, queueRoute: route.name === 'queue' ? route : was.queueRoute }));

/** The address of a place, without the origin: also what the web build can be opened at. */
export const hashOf = (route: DeskRoute): string => {
  if (route.name === 'queue') return `#/queue/${route.queue}`;
  if (route.name === 'incident') return `#/incident/${encodeURIComponent(route.idOrNumber)}`;
  return `#/${route.name}`;
};

const same = (a: DeskRoute, b: DeskRoute) => hashOf(a) === hashOf(b);

/** Goes to a place and remembers the one it came from. */
export function navigate(route: DeskRoute, how: 'push' | 'replace' = 'push'): void {
  const here = useNavigation.getState().route;
  const method = how === 'replace' || same(here, route) ? 'replaceState' : 'pushState';
  window.history[method]({ route }, '', hashOf(route));
  show(route);
}

/** Begins the window's history and follows the back and forward buttons. */
export function followHistory(first: DeskRoute): () => void {
  navigate(first, 'replace');
  const follow = (event: PopStateEvent) => {
    const state: { route?: DeskRoute } | null = event.state;
    if (state?.route) show(state.route);
  };
  window.addEventListener('popstate', follow);
  return () => window.removeEventListener('popstate', follow);
}
