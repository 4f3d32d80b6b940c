import { APP_ORIGIN } from '#contracts/ipc/bridges.ts';

/**
 * Whether a page may go to `target`: only to itself again (a reload, another fragment of the same page). Links,
 * redirects and forms that lead anywhere else leave the window where it is.
 */
export const mayNavigate = (page: string, target: string): boolean => {
  let url: URL;
  try {
    url = new URL(target);
  } catch {
    return false;
  }
  const origin = `${url.protocol}//${url.host}`;
  const plain = url.username === '' && url.password === '' && url.search === '';
  return origin === APP_ORIGIN && plain && url.pathname === `/${page}`;
};
