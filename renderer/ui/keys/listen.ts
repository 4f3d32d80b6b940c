import type { ActionId } from './actions.ts';

/** Anything that takes typed text, or a key of its own: single keys are inert in it. */
const EDITABLE =
  'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="combobox"], [role="searchbox"], [role="menu"], [role="listbox"]';
const OPEN_DIALOG = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** Controls that Enter and Space already mean something to. */
const PRESSABLE = 'button, a[href], summary, [role="tab"], [role="button"], [role="switch"], [role="checkbox"]';

/** How a key is written in the map: `Space`, `Enter`, otherwise the character it makes. */
export const keyName = (event: KeyboardEvent): string => (event.key === ' ' ? 'Space' : event.key);

function isInert(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(EDITABLE)) return true;
  if (document.querySelector(OPEN_DIALOG)) return true;
  const name = keyName(event);
  return (name === 'Enter' || name === 'Space') && target?.closest(PRESSABLE) !== null && target !== null;
}

/** The action a key press asks for, or undefined when the key belongs to what has the focus. */
export function actionOf(event: KeyboardEvent, map: ReadonlyMap<string, ActionId>): ActionId | undefined {
  if (event.defaultPrevented || event.isComposing || (event.repeat === true && event.key === 'Enter')) return undefined;
  // AltGr is Ctrl+Alt on some keyboards: a combination with either is never ours.
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  if (isInert(event)) return undefined;
  return map.get(keyName(event));
}
