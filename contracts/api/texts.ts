import { z } from 'zod';

/** Neither the character NUL nor half a surrogate pair: no database keeps those as text. */
export const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text);

/** A text that a request brings along. */
export const apiText = (limit: number) => z.string().max(limit).refine(isStorable, 'has characters that are no text');

/** The device of what the server itself writes into the log. No desk bears it. */
export const SERVER_DEVICE = 'server';

export const apiId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/, 'is no id');
export const deviceId = apiId.refine((id) => id !== SERVER_DEVICE, 'is no id of a desk');
