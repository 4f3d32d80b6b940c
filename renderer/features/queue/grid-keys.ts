import type { KeyboardEvent } from 'react';
import type { QueueRow } from '#contracts/engine/protocol.ts';
import { clearSelection, selectAlso } from './grid-state.ts';

/** What the grid's own keys do; they work with single keys switched off too. */
export interface GridMoves {
  readonly row: (step: number) => void;
  readonly page: (step: number) => void;
  readonly end: (which: 'first' | 'last') => void;
  readonly column: (step: number) => void;
  readonly open: () => void;
  readonly peek: () => void;
  readonly menu: () => void;
  readonly leave: () => void;
  /** The row the keyboard is on. */
  readonly here: () => QueueRow | undefined;
  /** Selects the whole list as it is filtered now. */
  readonly all: () => void;
}

const isCommand = (event: KeyboardEvent) => event.ctrlKey || event.metaKey;

function moveOf(event: KeyboardEvent, moves: GridMoves): (() => void) | undefined {
  const forward = document.dir === 'rtl' ? -1 : 1;
  switch (event.key) {
    case 'ArrowDown':
      return () => moves.row(1);
    case 'ArrowUp':
      return () => moves.row(-1);
    case 'PageDown':
      return () => moves.page(1);
    case 'PageUp':
      return () => moves.page(-1);
    case 'Home':
      return () => moves.end('first');
    case 'End':
      return () => moves.end('last');
    case 'ArrowRight':
      return () => moves.column(forward);
    case 'ArrowLeft':
      return () => moves.column(-forward);
    case 'Enter':
      return moves.open;
    case ' ':
      return moves.peek;
    case 'ContextMenu':
      return moves.menu;
    case 'F10':
      return event.shiftKey ? moves.menu : undefined;
    case 'Escape':
      return moves.leave;
    default:
      return undefined;
  }
}

/** Handles a key pressed on the grid itself: arrows, Home, End, Page keys, Enter, Space, Shift+F10, Ctrl+A. */
export function pressOnGrid(event: KeyboardEvent, moves: GridMoves): void {
  if (event.altKey || event.target !== event.currentTarget) return;
  const selectsAll = isCommand(event) && event.key.toLowerCase() === 'a';
  const move = selectsAll ? moves.all : isCommand(event) ? undefined : moveOf(event, moves);
  if (!move) return;
  event.preventDefault();
  const here = moves.here();
  if (event.shiftKey && here && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) selectAlso([here]);
  move();
}

export const leaveSelection = (selected: number, leaveCell: () => void): void => {
  if (selected > 0) clearSelection();
  else leaveCell();
};
