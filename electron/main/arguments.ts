import { linkAmong } from '#contracts/ipc/deep-link.ts';

/** What a start of the program asks for. */
export interface StartRequest {
  /** Start without a window, as at sign-in. */
  readonly hidden: boolean;
  readonly link: string | null;
}

/** Reads the program's own arguments; whatever else is among them (Chromium's switches, paths) is left alone. */
export const readStartRequest = (words: readonly string[]): StartRequest => ({
  hidden: words.includes('--hidden'),
  link: linkAmong(words),
});

/** As a second start hands it over: another process's words, so they are read again here. */
export const startRequestFrom = (data: unknown): StartRequest => {
  const words = typeof data === 'object' && data !== null && 'words' in data ? data.words : [];
  return readStartRequest(Array.isArray(words) ? words.filter((word) => typeof word === 'string') : []);
};
