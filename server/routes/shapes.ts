import { z } from 'zod';
import { problem } from '#contracts/api/problems.ts';

/** Every route may answer with a problem document. */
export const REFUSALS = { '4xx': problem, '5xx': problem } as const;

/** An answer without a body. */
export const NOTHING = { 204: z.null(), ...REFUSALS } as const;
