/** One server-sent event, as far as this protocol uses them. */
export interface SentEvent {
  readonly event: string;
  readonly data: string;
}

/** Characters of one line, and of one event's data. Ours have a few dozen. */
const LONGEST = 64 * 1024;

/** A body that does not keep to what our server sends. */
export class NotEventsError extends Error {}

/**
 * The events in pieces of text, however they are cut. Comments are the server's sign of life and say nothing; `id`
 * and `retry` are not used by our server and are passed over.
 */
export const eventReader = (heard: (event: SentEvent) => void): ((text: string) => void) => {
  let rest = '';
  let event = '';
  let data: string[] = [];
  let size = 0;

  const line = (text: string): void => {
    if (text === '') {
      if (data.length > 0) heard({ event: event === '' ? 'message' : event, data: data.join('\n') });
      event = '';
      data = [];
      size = 0;
      return;
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(text) ?? [];
    if (field === 'event') event = value;
    if (field === 'data') {
      data.push(value);
      size += value.length;
    }
    if (size > LONGEST) throw new NotEventsError();
  };
  return (text) => {
    rest += text;
    // A carriage return at the very end may be half of a line's end.
    for (let end = /\r\n|\n|\r(?!$)/.exec(rest); end; end = /\r\n|\n|\r(?!$)/.exec(rest)) {
      line(rest.slice(0, end.index));
      rest = rest.slice(end.index + end[0].length);
    }
    if (rest.length > LONGEST) throw new NotEventsError();
  };
};
