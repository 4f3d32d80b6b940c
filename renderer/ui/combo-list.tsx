import { useEffect, useRef } from 'react';
import { useWords } from '#renderer/words/words.ts';
import classes from './combo.module.css';
import type { ComboOption } from './combo-options.ts';

export interface ComboListProps {
  readonly id: string;
  readonly label: string;
  readonly options: readonly ComboOption[];
  readonly active: number;
  readonly value: string | null;
  readonly numbered: boolean;
  readonly loading: boolean;
  readonly optionId: (index: number) => string;
  readonly onActive: (index: number) => void;
  readonly onTake: (option: ComboOption) => void;
}

/** The popup of a combobox: a listbox whose active option is kept in sight. */
export function ComboList(props: ComboListProps) {
  const say = useWords('common');
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the active option is looked up in the document
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView?.({ block: 'nearest' });
  }, [props.active]);
  return (
    <div ref={list} id={props.id} role="listbox" aria-label={props.label} className={classes.list}>
      {props.options.map((option, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox (aria-activedescendant)
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the combobox's
        <div
          key={option.value}
          id={props.optionId(index)}
          role="option"
          className={classes.option}
          aria-selected={option.value === props.value}
          aria-disabled={option.disabled || undefined}
          data-active={index === props.active || undefined}
          onMouseDown={(event) => event.preventDefault()}
          onMouseMove={() => index !== props.active && props.onActive(index)}
          onClick={() => props.onTake(option)}
        >
          {props.numbered && <span className={classes.digit}>{index + 1}</span>}
          <span className={classes.optionLabel}>{option.label}</span>
          {option.detail && <span className={classes.optionDetail}>{option.detail}</span>}
        </div>
      ))}
      {props.options.length === 0 && (
        <div className={classes.nothing}>{say(props.loading ? 'searching' : 'noOptions')}</div>
      )}
    </div>
  );
}
