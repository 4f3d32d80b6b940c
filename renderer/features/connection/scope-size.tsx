import type { Scope } from '#contracts/sync/scope.ts';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { sizeIn } from '#renderer/ui/size-words.ts';
import { useTime } from '#renderer/ui/time.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './scope-dialog.module.css';
import { type ScopeSize, useScopeSize } from './use-scope-size.ts';

/** An estimate is said no more exactly than it is. */
const roughly = (bytes: number): number => Number(bytes.toPrecision(2));

function useSizeWords(): (size: ScopeSize) => string {
  const say = useWords('scope');
  const errors = useErrorWords();
  const { language } = useTime().reader;
  return (size) => {
    switch (size.kind) {
      case 'asking':
        return say('size.asking');
      case 'known':
        return say('size', { incidents: size.incidents, size: sizeIn(language, roughly(size.bytes)) });
      case 'unknown':
        return say('size.unknown', { reason: errors.engine(size.error) });
    }
  };
}

/** What a choice comes to, asked of the server as one chooses. */
export function ScopeSizeLine({ scope }: { readonly scope: Scope | null }) {
  const say = useWords('scope');
  const words = useSizeWords();
  const size = useScopeSize(scope);
  return (
    <div className={classes.size}>
      {size.kind !== 'unknown' && <span className={classes.sizeTitle}>{say('size.title')}</span>}
      <p role="status" className={classes.sizeText} data-kind={size.kind}>
        {words(size)}
      </p>
    </div>
  );
}
