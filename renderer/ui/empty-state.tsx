import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './notes.module.css';

export interface EmptyStateProps {
  /** One sentence. */
  readonly text: string;
  /** What one has to know besides. */
  readonly note?: string | null;
  /** What is more than a button. */
  readonly children?: ReactNode;
  readonly actions?: readonly { readonly label: string; readonly onClick: () => void }[];
}

/** Nothing here, said in one sentence, with one action (a first start has three). Never a picture alone. */
export function EmptyState({ text, note = null, children, actions = [] }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <p className={classes.emptyText}>{text}</p>
      {note !== null && <p className={classes.emptyNote}>{note}</p>}
      {children}
      {actions.length > 0 && (
        <div className={classes.emptyActions}>
          {actions.map((action) => (
            <Button key={action.label} onClick={action.onClick}>
              {action.label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
