import { z } from 'zod';

/** The first import of the table: zod looks at this while a schema is made. The same checks run here as in a page. */
z.config({ jitless: true });
