import { useMemo } from 'react';
import type { EngineError } from '#contracts/engine/protocol.ts';
import type { IpcError } from '#contracts/errors.ts';
import type { SaidRefusal } from '#contracts/sync/state.ts';
import type { Refusal } from '#domain/command/command.ts';
import type { WordKey, Words } from '#renderer/words/areas.ts';
import { useWords } from '#renderer/words/words.ts';

type Key = WordKey<'errors'>;

/** Domain names inside a refusal's details, said in the catalogue's words rather than as codes. */
export function detailWords(common: Words<'common'>, details: SaidRefusal['details']): Record<string, string | number> {
  const said: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(details ?? {})) {
    const key = `${name}.${value}` as WordKey<'common'>;
    const words = common(key);
    said[name] = words === key ? value : words;
  }
  return said;
}

function properWords(common: Words<'common'>, details: Refusal['details']): string | number {
  return detailWords(common, { proper: details?.proper || 'none' }).proper ?? 'none';
}

const keyOf = ({ code, network }: EngineError): Key =>
  code === 'network' && network ? `network.${network}` : `engine.${code}`;

export interface ErrorWords {
  engine(error: EngineError): string;
  refusal(refusal: Refusal): string;
  ipc(error: IpcError): string;
}

/** One sentence for every coded failure: what happened, what was kept, what to do. */
export function errorWords(say: Words<'errors'>, common: Words<'common'>): ErrorWords {
  const refusal = (refused: Refusal) =>
    say(`refusal.${refused.code}` satisfies Key, {
      state: '',
      role: '',
      field: '',
      ...detailWords(common, refused.details),
      // The command that would be proper; ICU chooses by `none` when the process names none.
      proper: properWords(common, refused.details),
    });
  return {
    refusal,
    engine: (error) =>
      error.code === 'refused' && error.refusal ? refusal(error.refusal) : say(keyOf(error), { ...error.details }),
    ipc: (error) => say(`ipc.${error.code}` satisfies Key),
  };
}

export function useErrorWords(): ErrorWords {
  const say = useWords('errors');
  const common = useWords('common');
  return useMemo(() => errorWords(say, common), [say, common]);
}
