/** What administrators are told so that they can keep it elsewhere. Rules in sync/SPEC.md, section 15. */
import { z } from 'zod';

const day = z.iso.date();

export const sealsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(400).default(31),
  /** Only seals of earlier days. */
  before: z.exactOptional(day),
});

/** One hash over the ends of all chains, as they were when the log of this epoch ended at `seq`. */
const sealView = z.strictObject({
  /** Of UTC. */
  day,
  sealedAt: z.int(),
  epoch: z.string(),
  seq: z.int().nonnegative(),
  chains: z.int().nonnegative(),
  /** SHA-256 in hexadecimal. */
  seal: z.string(),
});

export const sealsAnswer = z.strictObject({ seals: z.array(sealView) });
