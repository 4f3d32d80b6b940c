/** Administration of accounts: `/api/v1/accounts`, for those whose role may configure. */
import { z } from 'zod';
import { SOURCE_ACTOR, SYSTEM_ACTOR } from '#domain/activity/activity.ts';
import { ROLES } from '#domain/directory/directory.ts';
import { TEXT_LIMITS } from '#domain/incident/fields.schema.ts';
import { newEmail, newPassword } from './auth.ts';
import { apiId, apiText } from './texts.ts';

/** Nobody signs in as the desk itself or as a source of imports: their commands are not asked for a role. */
const personId = apiId.refine((id) => id !== SYSTEM_ACTOR && id !== SOURCE_ACTOR, 'is no id of a person');

export const createAccountRequest = z.strictObject({
  email: newEmail,
  password: newPassword,
  name: apiText(TEXT_LIMITS.name).min(1),
  role: z.enum(ROLES),
  teamIds: z.array(apiId).max(200).default([]),
  /** Somebody whom the directory knows already: keeps everything else that it says of them. */
  personId: z.exactOptional(personId),
});
export type CreateAccountRequest = z.infer<typeof createAccountRequest>;

export const setPasswordRequest = z.strictObject({ password: newPassword });

export const accountParams = z.strictObject({ personId: apiId });
export const deviceParams = z.strictObject({ personId: apiId, device: apiId });

export const accountView = z.looseObject({
  personId: z.string(),
  email: z.string(),
  active: z.boolean(),
  createdAt: z.int(),
  /** Of the directory; null when it no longer knows this person. */
  name: z.string().nullable(),
  role: z.enum(ROLES).nullable(),
  teamIds: z.array(z.string()),
});
export type AccountView = z.infer<typeof accountView>;
export const accountsAnswer = z.looseObject({ accounts: z.array(accountView) });

/** Where a person is signed in. */
export const deviceView = z.looseObject({
  device: z.string(),
  name: z.string().nullable(),
  signedInAt: z.int(),
  lastSeenAt: z.int(),
  /** How far the device's clock was ahead of the server's when it last pushed, in milliseconds; null: not known. */
  clockAhead: z.int().nullable(),
});
export type DeviceView = z.infer<typeof deviceView>;
export const devicesAnswer = z.looseObject({ devices: z.array(deviceView) });
