/** Codes main can answer an IPC call with. Sentences for people live in renderer/words. */
export const IPC_ERROR_CODES = [
  'badArguments',
  'foreignSender',
  'notFound',
  'staleFence',
  'unexpectedLsn',
  'diskFull',
  'ioError',
  'newerFormat',
  'tooLarge',
  'notAllowed',
  'unavailable',
  'internal',
] as const;
export type IpcErrorCode = (typeof IPC_ERROR_CODES)[number];
export interface IpcError {
  readonly code: IpcErrorCode;
  readonly detail?: string;
}
