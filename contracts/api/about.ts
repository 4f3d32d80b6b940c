/** Who answers here: `GET /api/v1/about`, for a desk that was given an address. Needs no session. */
import { z } from 'zod';

export const aboutAnswer = z.looseObject({
  /** Nothing else says this, so a captive portal or somebody else's server is known at once. */
  product: z.literal('deskbell'),
  /** The versions of the protocol that this server speaks. */
  protocols: z.array(z.int().positive()).min(1).max(100),
});
