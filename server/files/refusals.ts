import type { ProblemCode } from '#contracts/api/problems.ts';

/** Why an upload does not go on. `requestTimeout`: the bytes stopped coming, and mostly nobody is there to be told. */
export type FileRefusal = Extract<
  ProblemCode,
  | 'notFound'
  | 'notAllowedForRole'
  | 'tooLarge'
  | 'dayUsed'
  | 'noRoom'
  | 'offsetWrong'
  | 'uploadLocked'
  | 'uploadGone'
  | 'checksumWrong'
  | 'contentWrong'
  | 'requestTimeout'
>;
