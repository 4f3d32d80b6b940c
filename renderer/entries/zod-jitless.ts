import { z } from 'zod';

/**
 * The first import of every entry: zod looks at this while a schema is made, and its compiled checks need `eval`,
 * which the content security policy forbids.
 */
z.config({ jitless: true });
