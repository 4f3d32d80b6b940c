import type { ReactNode } from 'react';
import { Combo, type ComboProps } from '#renderer/ui/combo.tsx';
import { useWords } from '#renderer/words/words.ts';
import { TextEdit, type TextEditProps } from '../text-edit.tsx';
import { Row } from './section.tsx';
import classes from './side.module.css';
import { useEdited } from './use-edited.ts';

/** Why an edit was refused, below its field. */
export function Refused({ children }: { children: string | null }) {
  return children ? (
    <p className={classes.refused} role="alert">
      {children}
    </p>
  ) : null;
}

export interface ComboRowProps extends Omit<ComboProps, 'onChange' | 'hideLabel'> {
  readonly onSave: (value: string | null) => Promise<string | null>;
  readonly children?: ReactNode;
}

/** A field chosen from a list, saved as it is chosen. */
export function ComboRow({ onSave, children, value, ...combo }: ComboRowProps) {
  const say = useWords('common');
  const { shown, refused, choose } = useEdited(value, onSave);
  const placeholder = combo.disabled ? say('none') : combo.placeholder;
  return (
    <Row label={combo.label}>
      <Combo
        {...combo}
        {...(placeholder && { placeholder })}
        value={shown}
        hideLabel
        onChange={(next) => void choose(next)}
      />
      <Refused>{refused}</Refused>
      {children}
    </Row>
  );
}

/** A text saved on leaving it. */
export function TextRow(props: TextEditProps) {
  return (
    <Row label={props.label}>
      <TextEdit {...props} />
    </Row>
  );
}
