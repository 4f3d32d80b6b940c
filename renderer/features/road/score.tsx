import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import type { Readiness } from '#contracts/engine/agreement.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './road.module.css';

/** From this score on what is missing is a rest. */
const ALMOST = 80;

function wordFor({ ready, score }: Readiness) {
  if (ready) return 'ready';
  if (score >= ALMOST) return 'almost';
  return score > 0 ? 'begun' : 'notReady';
}

/** How ready the device is, in a word, a number and a bar. */
export function Score({ readiness }: { readonly readiness: Readiness }) {
  const say = useWords('road');
  const { ready, score } = readiness;
  const Glyph = ready ? IconCircleCheck : IconCircleDashed;
  return (
    <div className={classes.score} data-ready={ready || undefined}>
      <p role="status" className={classes.verdict}>
        <Glyph size={24} aria-hidden="true" className={classes.glyph} />
        <span>{say(wordFor(readiness))}</span>
        <span className={classes.number}>{say('score.of', { score })}</span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: the platform's own meter cannot be drawn in the house's colours */}
      <div
        role="meter"
        className={classes.bar}
        aria-label={say('score')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={score}
        aria-valuetext={say('score.of', { score })}
      >
        <div className={classes.barDone} style={{ inlineSize: `${score}%` }} />
      </div>
      {ready && <p className={classes.scope}>{say('ready.text')}</p>}
    </div>
  );
}
