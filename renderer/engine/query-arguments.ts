import { z } from 'zod';
import { MOST_CHOSEN, type Queries, type QueryName } from '#contracts/engine/protocol.ts';
import { DIRECTORY_KINDS } from '#domain/directory/directory.ts';
import { QUEUE_IDS } from '#domain/queue/queues.ts';

const id = z.string().min(1).max(128);
const text = z.string().max(2_000);
const limit = z.int().min(0).max(1_000);
const nothing = z.strictObject({});

/** A list is asked for in pieces that a screen can hold. */
const LONGEST_PIECE = 2_000;

const listSpec = z.strictObject({
  queue: z.enum(QUEUE_IDS),
  order: z.strictObject({
    key: z.enum(['queue', 'deadline', 'number', 'priority', 'state', 'caller', 'owner', 'updated', 'opened']),
    descending: z.boolean(),
  }),
  filters: z
    .array(
      z.strictObject({
        field: z.enum(['state', 'priority', 'owner', 'group', 'caller', 'category', 'site']),
        value: text,
        exclude: z.boolean(),
      }),
    )
    .max(100),
  text,
});

/** Arguments of every query, read strictly: an unknown key is refused. */
export const QUERY_ARGUMENTS: { readonly [N in QueryName]: z.ZodType<Queries[N]['args']> } = {
  status: nothing,
  session: nothing,
  counts: z.strictObject({ personId: id }),
  list: z
    .strictObject({ personId: id, spec: listSpec, from: z.int().nonnegative(), to: z.int().nonnegative() })
    .refine(({ from, to }) => to >= from && to - from <= LONGEST_PIECE),
  chosen: z.strictObject({
    personId: id,
    of: z.union([
      z.strictObject({ list: listSpec, between: z.tuple([id, id]).nullable() }),
      z.strictObject({ ids: z.array(id).max(MOST_CHOSEN), within: listSpec.nullable() }),
    ]),
  }),
  incident: z.strictObject({ idOrNumber: z.string().min(1).max(500) }),
  directory: z.strictObject({ kind: z.enum(DIRECTORY_KINDS) }),
  people: z.strictObject({ text, limit, staff: z.boolean() }),
  callerCard: z.strictObject({ personId: id }),
  similar: z.strictObject({ text: z.string().max(20_000), callerId: id.nullable(), excludeId: id.nullable(), limit }),
  search: z.strictObject({ text, limit }),
  alerts: z.strictObject({ personId: id, limit }),
  matrix: nothing,
  drafts: z.strictObject({ personId: id }),
  importProgress: z.strictObject({ importId: id.nullable() }),
  connection: nothing,
  outbox: z.strictObject({ limit }),
  conflicts: z.strictObject({ personId: id }),
  readiness: z.strictObject({ personId: id }),
  presence: z.strictObject({ incidentId: id }),
};
