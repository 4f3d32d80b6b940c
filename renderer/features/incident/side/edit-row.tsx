import type { ReactNode } from 'react';
import { Combo, type ComboProps } from '#renderer/ui/combo.tsx';
import { useWords } from '#renderer/words/words.ts';
import { TextEdit, type TextEditProps } from '../text-edit.tsx';
import { Row } from './section.tsx';
import { useEdited } from './use-edited.ts';

/** Why an edit was refused: given to its field as the error, read out at once. */
export const refusedError = (sentence: string | null): ReactNode =>
  sentence ? <span role="alert">{sentence}</span> : undefined;

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
        error={refusedError(refused)}
        onChange={(next) => void choose(next)}
      />
      {children}
    </Row>
  );
}

/** A text saved on leaving it. */
export function TextRow({ children, ...props }: TextEditProps & { readonly children?: ReactNode }) {
  return (
    <Row label={props.label}>
      <TextEdit {...props} />
      {children}
    </Row>
  );
}
