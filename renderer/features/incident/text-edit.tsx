import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useWords } from '#renderer/words/words.ts';
import type { EditedText } from './edits.schema.ts';
import classes from './incident.module.css';
import { useKeptEdit } from './kept-edits.tsx';
import { KeptTextLine } from './kept-text-line.tsx';

/** The record is pushed together with "saved"; after this long there is nothing more to come. */
const SETTLES_WITHIN = 300;

export interface TextEditProps {
  /** Under which name a half-written text of it is kept. */
  readonly field: EditedText;
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
 * was refused stays in the field with the reason below it. What is not saved yet is kept, and found here again: then
 * it is saved by its key or once it is typed on, not by passing through the field.
 */
export function TextEdit({ field: name, label, value, onCommit, multiline = false, ...props }: TextEditProps) {
  const say = useWords('common');
  const errorId = useId();
  const lineId = useId();
  const draft = useKeptEdit(name);
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const sending = useRef<string | null>(null);
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const halfWritten = draft.text !== undefined && draft.text.trim() !== value;
  const found = halfWritten && (typed === null || props.disabled) ? draft.text : null;
  const written = typed ?? found;
  const shown = props.disabled ? value : (written ?? value);
  const restore = () => {
    sending.current = null;
    setTyped(null);
    setRefused(null);
  };
  const dismiss = () => {
    restore();
    draft.keep(undefined);
  };

  // What was typed before the engine spoke is kept from now on; what is recorded by now is half-written no more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is known what was kept
  useEffect(() => {
    if (!draft.ready) return;
    if (typed !== null) draft.keep(typed);
    else if (!halfWritten && draft.text !== undefined) draft.keep(undefined);
  }, [draft.ready]);

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
    if (props.disabled || written === null || sending.current === text) return;
    if (text === value) return dismiss();
    setTyped(written);
    sending.current = text;
    const sentence = await onCommit(text);
    setRefused(sentence);
    if (sentence === null) draft.keep(undefined);
    if (sentence !== null) sending.current = null;
    // Saved, and yet the record reads as before: it does not differ from what was typed.
    else setTimeout(() => sending.current === text && restore(), SETTLES_WITHIN);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void commit();
    } else if (event.key === 'Escape' && written !== null) {
      event.preventDefault();
      event.stopPropagation();
      dismiss();
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
        aria-describedby={refused ? errorId : found === null ? undefined : lineId}
        value={shown}
        // Where nothing can be added any more, nothing invites to.
        placeholder={props.disabled ? say('none') : props.placeholder}
        disabled={props.disabled}
        maxLength={props.maxLength}
        dir="auto"
        title={multiline ? undefined : shown}
        rows={multiline ? 1 : undefined}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          draft.keep(event.currentTarget.value);
        }}
        onBlur={() => typed !== null && void commit()}
        onKeyDown={press}
      />
      {found !== null && (
        <KeptTextLine
          id={lineId}
          text={found}
          lines={multiline}
          locked={props.disabled === true}
          onThrowAway={dismiss}
        />
      )}
      {refused && (
        <p id={errorId} className={classes.refused} role="alert">
          {refused}
        </p>
      )}
    </div>
  );
}
