import { Tooltip } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import classes from './icon-button.module.css';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  readonly label: string;
  readonly children: ReactNode;
  readonly pressed?: boolean;
}

/** A button that shows only a glyph: at least 24 px, its name as label and tooltip. */
export function IconButton({ label, children, pressed, className = '', ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <button
        type="button"
        className={`${classes.button} ${className}`}
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  );
}
