import type { PullAnswer } from '#contracts/sync/wire.ts';
import { ADMIN } from '../harness/server.ts';

type Incident = PullAnswer['incidents'][number];
type Activity = PullAnswer['activities'][number];

/** What a server holds, as a device finds out that has followed it since before anything happened. */
export interface Followed {
  readonly incidents: ReadonlyMap<string, Incident>;
  /** Every entry that came, with its incident; the same one twice is there twice. */
  readonly timelines: ReadonlyMap<string, readonly Activity[]>;
}

const PAGE = 1_000;

/** Follows a server that is empty yet. `catchUp` takes what is new since and answers all of it. */
export async function follow(address: string): Promise<{ catchUp(): Promise<Followed> }> {
  const ask = async <T>(path: string, token: string | null, body?: unknown): Promise<T> => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const sent = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(`${address}/api/v1${path}`, sent);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const device = crypto.randomUUID();
  // An access token lasts minutes, a history may take longer: each time anew.
  const tokenNow = async () =>
    (await ask<{ accessToken: string }>('/auth/login', null, { ...ADMIN, device })).accessToken;
  const incidents = new Map<string, Incident>();
  const timelines = new Map<string, Activity[]>();
  let cursor = '';
  const catchUp = async (): Promise<Followed> => {
    const token = await tokenNow();
    for (let more = true; more; ) {
      const page = await ask<PullAnswer>(`/sync/pull?limit=${PAGE}&cursor=${encodeURIComponent(cursor)}`, token);
      for (const incident of page.incidents) incidents.set(incident.id, incident);
      for (const activity of page.activities) {
        if (activity.subject.kind !== 'incident') continue;
        const known = timelines.get(activity.subject.id);
        if (known) known.push(activity);
        else timelines.set(activity.subject.id, [activity]);
      }
      more = page.more;
      cursor = page.cursor;
    }
    return { incidents, timelines };
  };
  await catchUp();
  return { catchUp };
}
