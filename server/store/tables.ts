import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely';
import type { Queries } from './driver.ts';

/** The tables of the log as the migrations make them. */
interface Tables {
  readonly log_head: {
    readonly epoch: string;
    readonly seq: number;
    readonly highest_number: number;
    readonly directory_version: string;
  };
  readonly lanes: { readonly device: string; readonly person: string; readonly expected: number };
  readonly decided: {
    readonly device: string;
    readonly person: string;
    readonly seq: number;
    readonly command_id: string;
    readonly entry: number;
    readonly accepted: boolean;
    readonly body: string;
  };
  readonly activities: {
    readonly seq: number;
    readonly place: number;
    readonly subject: string;
    readonly body: string;
    readonly salt: string | null;
    readonly sealed: string;
    readonly hash: string;
  };
  readonly chain_heads: { readonly name: string; readonly hash: string; readonly length: number };
  readonly seals: {
    readonly day: string;
    readonly sealed_at: number;
    readonly epoch: string;
    readonly seq: number;
    readonly chains: number;
    readonly seal: string;
  };
  readonly incidents: {
    readonly id: string;
    readonly first_seq: number;
    readonly through_seq: number;
    readonly open: boolean;
    readonly caller: string | null;
    readonly affected: string | null;
    readonly team: string | null;
    readonly site: string | null;
    readonly updated_at: number | null;
    readonly concerns: readonly string[] | null;
    readonly readers: readonly string[] | null;
    readonly told_through: number | null;
    readonly body: string;
  };
  readonly numbers: { readonly key: string; readonly incident: string };
  readonly records: {
    readonly kind: string;
    readonly id: string;
    readonly entry: number;
    readonly seq: number;
    readonly body: string;
  };
  readonly settings: { readonly name: string; readonly seq: number; readonly body: string };
}

/** Builds statements and runs none: they go through the driver's port, whatever the database. */
export const tables = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

export function run<Row>(queries: Queries, statement: Compilable<Row>): Promise<readonly Row[]> {
  const { sql, parameters } = statement.compile();
  return queries.query<Row>(sql, parameters);
}

/** The same for a statement in plain SQL. */
export function runSql<Row>(queries: Queries, statement: RawBuilder<Row>): Promise<readonly Row[]> {
  const { sql, parameters } = statement.compile(tables);
  return queries.query<Row>(sql, parameters);
}

/** Bodies are JSON that was written here. */
export const parsed = <Value>({ body }: { readonly body: string }): Value => JSON.parse(body) as Value;
