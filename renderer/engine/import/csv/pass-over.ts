/** Follows a record that is not kept to its end, through whatever quoted line breaks it holds. */
export interface PassOver {
  /** The text after the record's end, or null while it goes on. */
  take(text: string): string | null;
  /** Line breaks passed so far, the one that ends the record among them. */
  readonly breaks: number;
  readonly quoting: boolean;
}

/**
 * @param quoting whether the text to come begins inside a quoted cell
 * @param previous the character before it: a quote opens a cell only at its beginning
 */
export function passOver(delimiter: string, quoting: boolean, previous: string): PassOver {
  const stop = /["\r\n]/g;
  let isQuoting = quoting;
  let breaks = 0;
  let held = '';
  let before = previous;

  /** Where the record ends in `text`, or -1. What can't be told before the next piece is held back for it. */
  const endIn = (text: string): number => {
    stop.lastIndex = 0;
    for (let found = stop.exec(text); found; found = stop.exec(text)) {
      const at = found.index;
      const next = text[at + 1];
      if (next === undefined && text[at] !== '\n') {
        held = text.slice(at);
        return -1;
      }
      if (text[at] === '"') {
        if (!isQuoting) isQuoting = (at === 0 ? before : text[at - 1]) === delimiter;
        else if (next === '"') stop.lastIndex = at + 2;
        else isQuoting = false;
        continue;
      }
      const length = text[at] === '\r' && next === '\n' ? 2 : 1;
      breaks += 1;
      if (!isQuoting) return at + length;
      stop.lastIndex = at + length;
    }
    return -1;
  };

  return {
    take(piece) {
      const text = held + piece;
      held = '';
      const end = endIn(text);
      before = text.at(-1 - held.length) ?? before;
      return end < 0 ? null : text.slice(end);
    },
    get breaks() {
      return breaks;
    },
    get quoting() {
      return isQuoting;
    },
  };
}
