import type { Progress } from '#contracts/engine/protocol.ts';
import notes from '#renderer/ui/notes.module.css';
import { useWords } from '#renderer/words/words.ts';

/** In the rows' place while made-up incidents are on their way: what happens, and how far it is. */
export function SampleProgress({ progress }: { progress: Progress }) {
  const say = useWords('queue');
  return (
    <div className={notes.empty}>
      {/* The number is not read out every time: that something happens is. */}
      <span className="visually-hidden" role="status">
        {say('sample.making')}
      </span>
      <p className={notes.emptyText}>{say('sample.progress', { ...progress })}</p>
      <progress
        className={notes.progress}
        aria-label={say('sample.making')}
        max={progress.total}
        value={progress.done}
      />
    </div>
  );
}
