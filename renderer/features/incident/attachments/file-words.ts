import { isPicture } from '#contracts/files/content-type.ts';
import { isProgram } from '#contracts/files/programs.ts';
import type { FileState } from '#contracts/host/files-host.ts';
import type { WordKey, Words } from '#renderer/words/areas.ts';

const KILO = 1024;
const MEGA = KILO * KILO;

/** A size in the reader's numbers. */
export function sizeWords(bytes: number, say: Words<'attachments'>): string {
  if (bytes < KILO) return say('size.bytes', { count: bytes });
  if (bytes < MEGA) return say('size.kb', { size: Math.round(bytes / KILO) });
  return say('size.mb', { size: Math.round((10 * bytes) / MEGA) / 10 });
}

const BY_PREFIX: readonly (readonly [string, WordKey<'attachments'>])[] = [
  ['image/', 'type.picture'],
  ['video/', 'type.video'],
  ['audio/', 'type.audio'],
  ['text/', 'type.text'],
  ['message/', 'type.mail'],
  ['application/pdf', 'type.pdf'],
  ['application/vnd.', 'type.document'],
  ['application/rtf', 'type.document'],
  ['application/zip', 'type.archive'],
  ['application/gzip', 'type.archive'],
  ['application/x-7z', 'type.archive'],
  ['application/x-rar', 'type.archive'],
  ['application/x-tar', 'type.archive'],
];

/** What a file is, in a word. */
export function typeWords(name: string, mediaType: string, say: Words<'attachments'>): string {
  if (isProgram(name, mediaType) && !isPicture(mediaType)) return say('type.program');
  return say(BY_PREFIX.find(([prefix]) => mediaType.startsWith(prefix))?.[1] ?? 'type.other');
}

/** Where the bytes are, and how far those that move have come. */
export function stateWords({ here, transfer }: FileState, say: Words<'attachments'>): string {
  if (transfer === null) return say(here ? 'state.here' : 'state.away');
  const { way, moved, bytes, waits } = transfer;
  if (waits) return say(`state.${way}Waits`);
  return say(`state.${way}`, { percent: bytes === 0 ? 100 : Math.floor((100 * moved) / bytes) });
}
