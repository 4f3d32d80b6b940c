import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

export interface GuardedButtonProps extends ButtonProps {
  /** Why it cannot be pressed at present; null: it can. It keeps its place, its name and the focus, and says why. */
  readonly whyNot: string | null;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button that says why it does nothing, where a role or the moment forbids what it does. */
export function GuardedButton({ whyNot, onClick, children, ...button }: GuardedButtonProps) {
  if (whyNot === null) {
    return (
      <Button {...button} onClick={onClick}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip label={whyNot}>
      <Button
        {...button}
        variant="default"
        data-disabled
        aria-disabled
        title={whyNot}
        onClick={(event) => event.preventDefault()}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
