import { Input, Popover } from '@mantine/core';
import { IconChevronDown, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useWords } from '#renderer/words/words.ts';
import classes from './combo.module.css';
import { ComboList } from './combo-list.tsx';
import { type ComboOption, matching, meantBy, optionByDigit } from './combo-options.ts';
import { useSettledField } from './settling.ts';

export interface ComboProps {
  /** The field's name; the popup is the listbox "<label> options". */
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (value: string | null, option: ComboOption | null) => void;
  readonly options: readonly ComboOption[];
  /** Asynchronous: told every text typed; `options` are then taken as found, without filtering here. */
  readonly onSearch?: (text: string) => void;
  readonly loading?: boolean;
  /** Shown for a value that is not among `options`. */
  readonly valueLabel?: string | null;
  /** A digit typed into the empty or untouched field takes the option with that number in line. */
  readonly digits?: boolean;
  readonly clearable?: boolean;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly autoFocus?: boolean;
  /** Text typed earlier without a choice (a draft), shown as typed again. */
  readonly initialText?: string;
  /** Label not shown but still the name. */
  readonly hideLabel?: boolean;
  readonly className?: string | undefined;
  readonly onBlur?: () => void;
}

/**
 * An editable combobox with list autocomplete (ARIA practices): focus stays in the field, the active option is
 * named by `aria-activedescendant`. Down or Alt+Down opens, arrows move, Enter takes, Tab takes the active one and
 * goes on, Esc closes and restores. Left otherwise, typed text takes the option it can only mean, if need be once a
 * search has answered; else it stays, and the field asks for a choice.
 */
export function Combo(props: ComboProps) {
  const { label, value, options, onSearch, digits = false, clearable = false } = props;
  const say = useWords('common');
  const id = useId();
  const [opened, setOpened] = useState(false);
  /** What is typed; null while the field shows its value. */
  const [typed, setTyped] = useState<string | null>(props.initialText || null);
  const [active, setActive] = useState(-1);
  /** The field was left with text that means no option: once the search has answered, or already said. */
  const [asks, setAsks] = useState<'no' | 'waits' | 'said'>('no');
  /** What was chosen here last: a search need not list it any more. */
  const [last, setLast] = useState<ComboOption | null>(null);
  /** The dialog or landmark the popup is shown in: outside a modal dialog it would not be read out. */
  const [home, setHome] = useState<HTMLElement | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const chosen = options.find((option) => option.value === value);
  const valueText =
    value === null ? '' : (chosen?.label ?? props.valueLabel ?? (last?.value === value ? last.label : ''));
  // What an earlier search found is offered only as far as it still fits.
  const shown = typed === null || (onSearch && !props.loading) ? options : matching(options, typed);
  const listId = `${id}-list`;
  const optionId = (index: number) => `${id}-option-${index}`;

  const show = () => {
    setHome(input.current?.closest<HTMLElement>('[role="dialog"], main, header') ?? null);
    setOpened(true);
  };
  const open = (at?: number) => {
    if (props.disabled) return;
    show();
    setActive(at ?? shown.findIndex((option) => option.value === value));
  };
  const fold = () => {
    setOpened(false);
    setActive(-1);
  };
  const close = () => {
    if (typed !== null) onSearch?.('');
    fold();
    setTyped(null);
    setAsks('no');
  };
  const take = (option: ComboOption | undefined) => {
    if (!option || option.disabled) return;
    close();
    setLast(option);
    props.onChange(option.value, option);
  };
  const clear = () => {
    close();
    props.onChange(null, null);
    input.current?.focus();
  };
  const type = (text: string) => {
    const byDigit = digits ? optionByDigit(options, text) : undefined;
    if (byDigit) return take(byDigit);
    setTyped(text);
    setAsks('no');
    show();
    setActive(text === '' ? -1 : 0);
    onSearch?.(text);
  };

  const move = (step: number) => {
    if (!opened) return open();
    if (shown.length === 0) return;
    setActive((was) => (was < 0 ? (step > 0 ? 0 : shown.length - 1) : (was + step + shown.length) % shown.length));
  };
  const press = (event: KeyboardEvent) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    const byDigit = digits && plain && /^[1-9]$/.test(event.key) ? optionByDigit(options, event.key) : undefined;
    if (byDigit && (typed ?? '') === '') {
      event.preventDefault();
      take(byDigit);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (event.altKey && opened) close();
      else move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && plain && opened && shown[active]) {
      event.preventDefault();
      event.stopPropagation();
      take(shown[active]);
    } else if (event.key === 'Tab' && opened && typed !== null && shown[active]) {
      flushSync(() => take(shown[active]));
      // The field gave way to others and one of them has the focus: Tab is not to go past it.
      if (!input.current) event.preventDefault();
    } else if (event.key === 'Escape' && (opened || typed !== null)) {
      event.preventDefault();
      event.stopPropagation();
      event.nativeEvent.stopImmediatePropagation();
      close();
    }
  };
  const settle = (): boolean => {
    if (typed === null || props.disabled) return true;
    if (typed.trim() === '') {
      if (clearable) props.onChange(null, null);
      close();
      return true;
    }
    const isHere = opened && document.activeElement === input.current;
    const option = (isHere ? shown[active] : undefined) ?? (props.loading ? undefined : meantBy(shown, typed));
    if (option && !option.disabled) take(option);
    else setAsks('said');
    return option !== undefined && !option.disabled;
  };
  const leave = () => {
    // Only the window was left: the field has the keys again as soon as it is back.
    if (document.activeElement === input.current) return;
    if (typed === null) close();
    else if (!settle()) {
      fold();
      if (props.loading) setAsks('waits');
    }
    props.onBlur?.();
  };
  useSettledField(input, settle);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at anew whenever there is something else to choose from
  useEffect(() => {
    if (asks !== 'no' && !props.loading && document.activeElement !== input.current) settle();
  }, [asks, props.loading, options]);
  const unchosen = asks === 'said' && typed !== null && (
    <span role="alert">
      {say(shown.length === 0 && !props.loading ? 'unmatched' : 'unchosen', { text: typed.trim() })}
    </span>
  );
  const error = unchosen || props.error;
  // An empty list over the sentence that says so would only hide it.
  const listed = opened && !(unchosen && shown.length === 0);

  return (
    <Input.Wrapper
      className={props.className}
      label={props.hideLabel ? undefined : label}
      labelProps={{ htmlFor: id }}
      description={props.description}
      error={error}
      descriptionProps={{ id: `${id}-description` }}
      errorProps={{ id: `${id}-error` }}
    >
      <Popover
        opened={listed}
        position="bottom-start"
        width="target"
        offset={2}
        withRoles={false}
        floatingStrategy="fixed"
        // Placed anew while it stands open: the first measure is of an empty list, which fits anywhere.
        preventPositionChangeWhenVisible={false}
        portalProps={{ target: home ?? 'body' }}
        trapFocus={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
      >
        <Popover.Target>
          <div
            className={classes.box}
            data-disabled={props.disabled || undefined}
            data-invalid={error ? true : undefined}
          >
            <input
              ref={input}
              id={id}
              className={classes.input}
              role="combobox"
              type="text"
              // Mantine's dialogs look for this before Esc closes them: the first Esc belongs to the open list.
              data-mantine-stop-propagation={opened || typed !== null ? 'true' : undefined}
              autoComplete="off"
              spellCheck={false}
              aria-label={props.hideLabel ? label : undefined}
              aria-expanded={listed}
              aria-haspopup="listbox"
              aria-controls={listed ? listId : undefined}
              aria-autocomplete="list"
              aria-activedescendant={opened && shown[active] ? optionId(active) : undefined}
              aria-required={props.required || undefined}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${id}-error` : props.description ? `${id}-description` : undefined}
              data-autofocus={props.autoFocus || undefined}
              disabled={props.disabled}
              placeholder={props.placeholder}
              // A name from left to right is cut at its end in a desk from right to left too.
              dir={(typed ?? valueText) === '' ? undefined : 'auto'}
              value={typed ?? valueText}
              title={typed === null && valueText.length > 24 ? valueText : undefined}
              onChange={(event) => type(event.currentTarget.value)}
              onClick={() => (opened ? undefined : open())}
              onFocus={(event) => {
                event.currentTarget.select();
                if (asks === 'said') show();
              }}
              onKeyDown={press}
              onBlur={leave}
            />
            {clearable && value !== null && !props.disabled && (
              <button
                type="button"
                className={classes.clear}
                tabIndex={-1}
                aria-label={say('clearField', { field: label })}
                onMouseDown={(event) => event.preventDefault()}
                onClick={clear}
              >
                <IconX size={14} aria-hidden="true" />
              </button>
            )}
            <IconChevronDown className={classes.chevron} size={16} aria-hidden="true" />
          </div>
        </Popover.Target>
        <Popover.Dropdown>
          <ComboList
            id={listId}
            label={say('optionsOf', { field: label })}
            options={shown}
            active={active}
            value={value}
            numbered={digits}
            loading={props.loading ?? false}
            optionId={optionId}
            onActive={setActive}
            onTake={take}
          />
        </Popover.Dropdown>
      </Popover>
      <span className="visually-hidden" role="status">
        {opened && typed !== null && !props.loading ? say('optionCount', { count: shown.length }) : ''}
      </span>
    </Input.Wrapper>
  );
}
