import { useWatch } from '#renderer/platform/hooks.ts';
import { type BringHere, numberToAsk, useBringHere } from '#renderer/ui/scope/bring-here.ts';
import { useKeepsPart } from '#renderer/ui/scope/use-part.ts';
import { useWords } from '#renderer/words/words.ts';

export interface AskLine extends BringHere {
  /** What the server can be asked for; null where nothing is missing here, or no number is typed. */
  readonly number: string | null;
  /** What was not searched, null where everything was; or how far asking is. */
  readonly note: string | null;
}

/** The way from the searchbox to an incident that this device does not keep. `text` is '' while nothing is looked for. */
export function useAskLine(text: string, onOpen: (idOrNumber: string) => void): AskLine {
  const say = useWords('scope');
  const keepsPart = useKeepsPart();
  const asked = keepsPart ? numberToAsk(text) : null;
  const here = useWatch('incident', asked === null ? null : { idOrNumber: asked });
  const bring = useBringHere(onOpen);
  const { asking, ask } = bring;
  const isAsked = asking.kind === 'asking' || asking.kind === 'unknown';
  return {
    ...bring,
    number: here === null && ask !== null ? asked : null,
    note: isAsked ? say(`ask.${asking.kind}`, { number: asking.number }) : keepsPart ? say('searchedPart') : null,
  };
}
