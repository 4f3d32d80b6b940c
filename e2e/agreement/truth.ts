import { Client } from 'pg';
import type { PullAnswer, SubjectAnswer } from '#contracts/sync/wire.ts';

/** What the servers hold: as their database says it, and as they tell it to an administrator. */

export type Row = PullAnswer['incidents'][number];
export type Entry = PullAnswer['activities'][number];

/** What became of a command, as the log keeps it. */
export interface Verdict {
  readonly id: string;
  readonly outcome: 'accepted' | 'rejected' | 'skipped';
  readonly code: string | null;
}

export interface Book {
  readonly rows: ReadonlyMap<string, Row>;
  readonly entries: readonly Entry[];
  /** By command; of several the first, for they have to be alike. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Commands that have verdicts which differ. */
  readonly ofTwoMinds: readonly string[];
  /** The log's end. */
  readonly seq: number;
  /** Places of the log that hold nothing. */
  readonly gaps: readonly number[];
}

interface DecidedBody {
  readonly id: string;
  readonly outcome: Verdict['outcome'];
  readonly refusal: { readonly code: string } | null;
}

export class Database {
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** Everything, at one moment. */
  async book(): Promise<Book> {
    const client = new Client({ connectionString: this.url });
    await client.connect();
    try {
      await client.query('begin isolation level repeatable read read only');
      const bodies = async <T>(statement: string): Promise<T[]> =>
        (await client.query<{ body: string }>(statement)).rows.map(({ body }) => JSON.parse(body) as T);
      const rows = await bodies<Row>('select body from incidents');
      const entries = await bodies<Entry>('select body from activities order by seq, place');
      const decided = await bodies<DecidedBody>('select body from decided order by entry');
      const head = await client.query<{ seq: string }>('select seq from log_head');
      const seq = Number(head.rows[0]?.seq);
      const gaps = await client.query<{ missing: string }>(
        `select missing from generate_series(1, $1::bigint) missing
          where not exists (select from activities where activities.seq = missing)`,
        [seq],
      );
      return {
        rows: new Map(rows.map((row) => [row.id, row])),
        entries,
        ...verdictsOf(decided),
        seq,
        gaps: gaps.rows.map(({ missing }) => Number(missing)),
      };
    } finally {
      await client.end();
    }
  }
}

function verdictsOf(decided: readonly DecidedBody[]): Pick<Book, 'verdicts' | 'ofTwoMinds'> {
  const verdicts = new Map<string, Verdict>();
  const ofTwoMinds: string[] = [];
  for (const { id, outcome, refusal } of decided) {
    const known = verdicts.get(id);
    if (known === undefined) verdicts.set(id, { id, outcome, code: refusal?.code ?? null });
    else if (known.outcome !== outcome) ofTwoMinds.push(id);
  }
  return { verdicts, ofTwoMinds };
}

/** As an administrator's desk would have it, asked for over HTTP: every row with its whole timeline. */
export interface Told {
  readonly rows: ReadonlyMap<string, Row>;
  readonly timelines: ReadonlyMap<string, readonly Entry[]>;
}

export async function toldBy(address: string, token: string): Promise<Told> {
  const get = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${address}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return (await answer.json()) as T;
  };
  const rows = new Map<string, Row>();
  const timelines = new Map<string, readonly Entry[]>();
  for (let cursor = '', more = true; more; ) {
    const page = await get<PullAnswer>(`/sync/pull?limit=2000&cursor=${encodeURIComponent(cursor)}`);
    for (const row of page.incidents) rows.set(row.id, row);
    for (const id of page.whole)
      timelines.set(
        id,
        page.activities.filter(({ subject }) => subject.id === id),
      );
    more = page.more && page.cursor !== cursor;
    cursor = page.cursor;
  }
  for (const id of rows.keys()) {
    if (!timelines.has(id)) timelines.set(id, (await get<SubjectAnswer>(`/sync/subjects/${id}`)).activities);
  }
  return { rows, timelines };
}
