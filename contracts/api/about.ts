/** Who answers here: `GET /api/v1/about`, for a desk that was given an address. Needs no session. */
import { z } from 'zod';

/** How people sign in. */
export const signInOffer = z.looseObject({
  password: z.boolean(),
  /** What the organisation calls its sign-in page; null when there is none. */
  browser: z.string().nullable(),
});

export const aboutAnswer = z.looseObject({
  /** Nothing else says this, so a captive portal or somebody else's server is known at once. */
  product: z.literal('deskbell'),
  /** The versions of the protocol that this server speaks. */
  protocols: z.array(z.int().positive()).min(1).max(100),
  /** A server that does not say takes passwords. */
  signIn: z.exactOptional(signInOffer),
});
