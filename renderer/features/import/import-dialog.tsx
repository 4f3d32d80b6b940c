import { Button } from '@mantine/core';
import { useIsShared } from '#renderer/platform/hooks.ts';
import { ErrorNote } from '#renderer/ui/error-note.tsx';
import { useErrorWords } from '#renderer/ui/error-words.ts';
import { SmallDialog } from '#renderer/ui/small-dialog.tsx';
import { useWords } from '#renderer/words/words.ts';
import { canImport } from './columns.ts';
import { ColumnsStep } from './columns-step.tsx';
import { FileField } from './file-field.tsx';
import classes from './import.module.css';
import { useImportState } from './import-store.ts';
import { Outcome, OutcomeButtons } from './outcome.tsx';
import { Running, StopImport } from './running.tsx';
import { useImport } from './use-import.ts';

export interface ImportDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/**
 * The dialog "Import incidents": choose a file, say what its columns mean, try or import, watch or stop, read the
 * report. It may be closed at any time; opened again it shows where the import stands.
 */
export function ImportDialog(props: ImportDialogProps) {
  return useIsShared() ? <NoImport {...props} /> : <OwnImport {...props} />;
}

/** At a desk that shares its incidents nothing is imported. */
function NoImport({ opened, onClose }: ImportDialogProps) {
  const say = useWords('import');
  return (
    <SmallDialog opened={opened} title={say('title')} onDismiss={onClose}>
      <p className={classes.notHere}>{say('joined')}</p>
    </SmallDialog>
  );
}

function OwnImport({ opened, onClose }: ImportDialogProps) {
  const say = useWords('import');
  const errors = useErrorWords();
  const { step, progress, zone, actions } = useImport(opened);
  const { error, opening, preview, mapping, format } = useImportState();
  const rehearsed = step === 'outcome' && progress?.dryRun === true && progress.phase === 'done' && mapping !== null;
  const importable = rehearsed || (step === 'columns' && preview !== null && mapping !== null);
  const ready = rehearsed || (!opening && canImport(preview, mapping, format));
  return (
    <SmallDialog
      opened={opened}
      title={say('title')}
      size={920}
      onDismiss={onClose}
      confirmDisabled={!ready}
      {...(step === 'running' ? { leave: say('inBackground') } : {})}
      {...(importable ? { confirm: say('import'), onConfirm: () => actions.start(false) } : {})}
      actions={
        <>
          {step === 'columns' && (
            <Button disabled={!ready} title={say('dryRunHint')} onClick={() => actions.start(true)}>
              {say('dryRun')}
            </Button>
          )}
          {step === 'running' && <StopImport progress={progress} onStop={actions.stop} />}
          {step === 'outcome' && progress && <OutcomeButtons progress={progress} />}
        </>
      }
    >
      <div className={classes.body} data-step={step}>
        {(step === 'choose' || step === 'lost') && (
          <FileField busy={opening} onFile={actions.choose} failed={error !== null} />
        )}
        {step === 'lost' && <ErrorNote text={say('lost')} />}
        {step === 'columns' && <ColumnsStep zone={zone} actions={actions} />}
        {step === 'running' && <Running progress={progress} />}
        {step === 'outcome' && progress && <Outcome progress={progress} />}
        {error && <ErrorNote text={errors.engine(error)} />}
      </div>
    </SmallDialog>
  );
}
