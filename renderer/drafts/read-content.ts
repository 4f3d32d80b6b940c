import type { z } from 'zod';

/**
 * Reads stored content tolerantly: a schema whose every field has a `catch` gives back what it understands, and the
 * empty content for anything that is no object. A draft of another build never fails to open.
 */
export const contentReader =
  <T>(schema: z.ZodType<T>) =>
  (content: unknown): T =>
    schema.parse(typeof content === 'object' && content !== null && !Array.isArray(content) ? content : {});
