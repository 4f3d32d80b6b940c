import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useWords } from '#renderer/words/words.ts';
import classes from './incident.module.css';

/** The record is pushed together with "saved"; after this long there is nothing more to come. */
const SETTLES_WITHIN = 300;

export interface TextEditProps {
  /** The field's name. */
  readonly label: string;
  readonly value: string;
  /** Commits; resolves to a sentence if it was refused, to null once it is saved. */
  readonly onCommit: (value: string) => Promise<string | null>;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly multiline?: boolean;
  readonly className?: string | undefined;
  readonly maxLength?: number;
}

/**
 * A text edited in place: it commits on leaving it or on Enter (Ctrl/Cmd+Enter in several lines), Esc restores. What
 * was refused stays in the field with the reason below it.
 */
export function TextEdit({ label, value, onCommit, multiline = false, ...props }: TextEditProps) {
  const say = useWords('common');
  const errorId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const sending = useRef<string | null>(null);
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const shown = typed ?? value;
  const restore = () => {
    sending.current = null;
    setTyped(null);
    setRefused(null);
  };

  // Once the record has changed, the field shows the record again: it may have written the text its own way.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new value of the record is what ends the edit
  useEffect(() => {
    if (sending.current !== null) restore();
  }, [value]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text shown
  useEffect(() => {
    const element = field.current;
    if (!multiline || !element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [shown, multiline]);

  const commit = async () => {
    const text = shown.trim();
    if (typed === null || sending.current === text) return;
    if (text === value) {
      setTyped(null);
      setRefused(null);
      return;
    }
    sending.current = text;
    const sentence = await onCommit(text);
    setRefused(sentence);
    if (sentence !== null) sending.current = null;
    // Saved, and yet the record reads as before: it does not differ from what was typed.
    else setTimeout(() => sending.current === text && restore(), SETTLES_WITHIN);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void commit();
    } else if (event.key === 'Escape' && typed !== null) {
      event.preventDefault();
      event.stopPropagation();
      restore();
    }
  };
  const Tag = multiline ? 'textarea' : 'input';
  return (
    <div className={props.className}>
      <Tag
        ref={field}
        className={classes.textEdit}
        data-multiline={multiline || undefined}
        aria-label={label}
        aria-invalid={refused ? true : undefined}
        aria-describedby={refused ? errorId : undefined}
        value={shown}
        // Where nothing can be added any more, nothing invites to.
        placeholder={props.disabled ? say('none') : props.placeholder}
        disabled={props.disabled}
        maxLength={props.maxLength}
        dir="auto"
        title={multiline ? undefined : shown}
        rows={multiline ? 1 : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => void commit()}
        onKeyDown={press}
      />
      {refused && (
        <p id={errorId} className={classes.refused} role="alert">
          {refused}
        </p>
      )}
    </div>
  );
}
