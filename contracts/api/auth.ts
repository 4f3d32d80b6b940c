/** Signing in: `/api/v1/auth`. Requests are strict, answers loose. */
import { z } from 'zod';
import { ROLES } from '#domain/directory/directory.ts';
import { apiText, deviceId } from './texts.ts';

export const PASSWORD_LIMITS = { min: 12, max: 200 } as const;

const email = apiText(320);
/** A password on its way in: nothing is said about its form, so that nothing is told about the right one. */
const anyPassword = z.string().min(1).max(1_000);
export const newPassword = apiText(PASSWORD_LIMITS.max).min(PASSWORD_LIMITS.min);
export const newEmail = email.regex(/^[^\s@]+@[^\s@]+$/, 'is no e-mail address');

export const loginRequest = z.strictObject({
  email,
  password: anyPassword,
  /** The id under which this desk pushes. */
  device: deviceId,
  /** As people call it, for the list of devices. */
  deviceName: z.exactOptional(apiText(100)),
});

export const refreshRequest = z.strictObject({
  refreshToken: z.string().min(1).max(200),
  /** Named by a desk that had to take a new id: from now on the session is that device's. */
  device: z.exactOptional(deviceId),
});

/** As the directory has this person now. */
export const signedInUser = z.looseObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  teamIds: z.array(z.string()),
});
export type SignedInUser = z.infer<typeof signedInUser>;

export const loginAnswer = z.looseObject({
  /** Sent as `Authorization: Bearer …`. */
  accessToken: z.string(),
  /** Seconds. */
  accessExpiresIn: z.int().positive(),
  /** Good for one refresh; coming a second time it ends the session. */
  refreshToken: z.string(),
  user: signedInUser,
  /** The code under which this device numbers what it records before the server knows of it. Older servers give none. */
  block: z.exactOptional(z.string().max(12)),
});
export type LoginAnswer = z.infer<typeof loginAnswer>;
