import type { FocusEvent } from 'react';

/**
 * A dialog's focus trap gives the focus twice when it opens, the second time when a quick hand may have moved on. The
 * mark by which it finds the field follows the focus, so that it then finds the field that has it already.
 */
export function autofocusFollows({ currentTarget, target }: FocusEvent<HTMLElement>): void {
  // What is opened inside a dialog but stands outside it on the page has a trap of its own.
  if (!currentTarget.contains(target)) return;
  for (const marked of currentTarget.querySelectorAll('[data-autofocus]')) marked.removeAttribute('data-autofocus');
  target.setAttribute('data-autofocus', '');
}
