import { createHash, randomBytes } from 'node:crypto';
import type { LoginAnswer } from '#contracts/api/auth.ts';
import { BROWSER_REFUSALS, type BrowserRefusal } from '#contracts/api/browser-sign-in.ts';
import { type Id, ok, type Result } from '#contracts/host/host-rules.ts';
import type { NetworkCode, NetworkFault } from '#contracts/host/network.ts';
import { isSpokenTo } from '#electron/network/address.ts';
import { fault } from '#electron/network/faults.ts';
import { type Arrived, listenOnLoopback } from '#electron/network/loopback.ts';
import type { Server } from '#electron/network/server.ts';
import { say, type Word } from '#electron/words/words.ts';

export interface BrowserPorts {
  /** Opens an address in the system's browser. False: there is none, or it did not start. */
  readonly openBrowser: (url: string) => Promise<boolean>;
  /** Puts the desk's window before whatever is on the screen. */
  readonly bringForward: () => void;
  /** As people call this machine, for the server's list of devices. */
  readonly deviceName: string;
  /** Milliseconds that a person has in the browser. */
  readonly browserTime?: number;
}

const BROWSER_TIME = 5 * 60_000;
/** Letters of an address that a system still hands to its browser. */
const LONGEST = 8_000;

const BY_REFUSAL: Readonly<Record<BrowserRefusal, NetworkCode>> = {
  personUnknown: 'personUnknown',
  personDeactivated: 'personDeactivated',
  emailUnverified: 'emailUnverified',
  declined: 'signInDeclined',
  providerAway: 'providerAway',
  providerFailed: 'providerFailed',
  busy: 'busy',
};

const newSecret = (): string => randomBytes(32).toString('base64url');

type Answer = Result<LoginAnswer, NetworkFault>;

/**
 * One sign-in through the system's browser: the server begins it, the browser goes to the organisation's page and
 * comes back to this machine with a code, for which the server gives a session to whoever has the verifier.
 * @param given ends the wait for the browser; once that came, the sign-in goes to its end
 */
export const signInByBrowser = async (
  ports: BrowserPorts,
  server: Pick<Server, 'beginByBrowser' | 'finishByBrowser'>,
  device: Id,
  given: AbortSignal,
): Promise<Answer> => {
  const [verifier, state] = [newSecret(), newSecret()];
  const loopback = await listenOnLoopback(state).catch(() => null);
  if (loopback === null) return fault('browserNotOpened');
  try {
    const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
    const begun = await server.beginByBrowser({ device, codeChallenge, port: loopback.port, state });
    if (given.aborted) return fault('signInCancelled');
    if (!begun.ok) return { ok: false, error: begun.error.fault };
    const { authorizeUrl } = begun.value.body;
    if (!mayBeOpened(authorizeUrl)) return fault('notSecure');
    if (!(await ports.openBrowser(new URL(authorizeUrl).href))) return fault('browserNotOpened');
    const came = await soonEnough(loopback.arrived, ports.browserTime ?? BROWSER_TIME, given);
    if (typeof came === 'string') return fault(came);
    const answer = await answerOf(came.query, (code) =>
      server.finishByBrowser({ code, codeVerifier: verifier, device, deviceName: ports.deviceName }),
    );
    came.show(answer.ok ? page('browser.done') : page('browser.failed'));
    ports.bringForward();
    return answer;
  } finally {
    void loopback.close();
  }
};

/** What a system opens may be any program: only a page, and only with TLS or on this machine. */
const mayBeOpened = (url: string): boolean => {
  if (url.length > LONGEST || !isSpokenTo(url)) return false;
  const { username, password } = new URL(url);
  return username === '' && password === '';
};

const soonEnough = (
  arrived: Promise<Arrived>,
  time: number,
  given: AbortSignal,
): Promise<Arrived | Extract<NetworkCode, 'signInOver' | 'signInCancelled'>> => {
  let late: NodeJS.Timeout | undefined;
  let cancel = (): void => undefined;
  const ended = new Promise<'signInOver' | 'signInCancelled'>((resolve) => {
    late = setTimeout(() => resolve('signInOver'), time);
    cancel = () => resolve('signInCancelled');
    given.addEventListener('abort', cancel, { once: true });
    if (given.aborted) cancel();
  });
  return Promise.race([arrived, ended]).finally(() => {
    clearTimeout(late);
    given.removeEventListener('abort', cancel);
  });
};

const isRefusal = (text: string | null): text is BrowserRefusal => BROWSER_REFUSALS.some((one) => one === text);

const answerOf = async (
  query: URLSearchParams,
  finish: (code: string) => ReturnType<Server['finishByBrowser']>,
): Promise<Answer> => {
  const code = query.get('code');
  const error = query.get('error');
  if (error !== null || code === null) return fault(isRefusal(error) ? BY_REFUSAL[error] : 'serverFailed');
  const finished = await finish(code);
  return finished.ok ? ok(finished.value.body) : { ok: false, error: finished.error.fault };
};

/** Only words of our own are in it. */
const page = (what: Extract<Word, 'browser.done' | 'browser.failed'>): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${say('browser.title')}</title><h1>${say(what)}</h1><p>${say(`${what}.next`)}</p></html>`;
