import type { Page } from '@playwright/test';

export interface EditTimes {
  /** Milliseconds from the key to the painted row. */
  readonly painted: readonly number[];
  /** Milliseconds from the key to the engine's answer, which follows the journal's fsync. */
  readonly durable: readonly number[];
}

/**
 * Takes rows of the shown queue one after the other, by the key a person presses, on the real screen. Runs in the
 * window as one piece: the clock is the window's own, and nothing outside takes part while it runs.
 */
export const takeRows = (page: Page, many: number): Promise<EditTimes> =>
  page.evaluate(async (edits) => {
    const grid = document.querySelector<HTMLElement>('[role="grid"]');
    if (!grid) throw new Error('No queue is shown');
    const press = (key: string) =>
      grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
    const nextPaint = async () => {
      await frame();
      const { port1, port2 } = new MessageChannel();
      await new Promise((resolve) => {
        port1.onmessage = resolve;
        port2.postMessage(null);
      });
      return performance.now();
    };

    // The window's own client sends and hears over a message port; both are overheard, neither is held up.
    const answered = new Map<unknown, (at: number) => void>();
    const heard = new WeakSet<MessagePort>();
    const send = MessagePort.prototype.postMessage;
    let submitted: (id: unknown) => void = () => undefined;
    MessagePort.prototype.postMessage = function overheard(this: MessagePort, message: unknown, ...rest: never[]) {
      const call = message as { type?: string; name?: string; id?: unknown } | null;
      if (call?.type === 'call' && call.name === 'submit') {
        if (!heard.has(this)) {
          heard.add(this);
          this.addEventListener('message', ({ data }) => {
            if (data?.type === 'answer') answered.get(data.id)?.(performance.now());
          });
        }
        submitted(call.id);
      }
      return send.call(this, message, ...rest);
    } as typeof send;

    const rowInFocus = () => {
      const row = document.querySelector<HTMLElement>('[role="row"][data-focused]');
      if (!row) throw new Error('No row has the focus');
      return row;
    };
    const ownerOf = (row: HTMLElement) => row.querySelector('[data-column="owner"]')?.textContent ?? '';
    const changeOf = (row: HTMLElement, before: string) =>
      new Promise<void>((resolve) => {
        const look = new MutationObserver(() => {
          if (ownerOf(row) === before) return;
          look.disconnect();
          resolve();
        });
        look.observe(row, { subtree: true, childList: true, characterData: true });
      });

    const [painted, durable]: [number[], number[]] = [[], []];
    grid.focus();
    for (let edit = 0; edit < edits; edit += 1) {
      const row = rowInFocus();
      const changed = changeOf(row, ownerOf(row));
      const kept = new Promise<number>((resolve) => {
        submitted = (id) => answered.set(id, resolve);
      });
      const began = performance.now();
      press('a');
      await changed;
      painted.push((await nextPaint()) - began);
      durable.push((await kept) - began);
      press('ArrowDown');
      await new Promise((resolve) => setTimeout(resolve, 60));
      if (rowInFocus() === row) throw new Error('The focus did not move on');
    }
    MessagePort.prototype.postMessage = send;
    return { painted, durable };
  }, many);
