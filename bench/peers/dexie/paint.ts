import type { PeerRow } from './peer-rows.ts';

/** Resolves when the frame that holds what was just changed has been handed to the screen. */
export const nextPaint = (): Promise<number> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });
  });

const cell = (text: string | number): HTMLElement => {
  const span = document.createElement('span');
  span.textContent = String(text);
  return span;
};

/** Fifty rows of plain elements: the least a list can be. */
export const showRows = (rows: readonly PeerRow[]): void => {
  const list = document.querySelector('#list');
  list?.replaceChildren(
    ...rows.map((row) => {
      const line = document.createElement('div');
      line.className = 'row';
      line.append(
        cell(row.number),
        cell(row.priority),
        cell(row.shortDescription),
        cell(row.state),
        cell(row.updatedAt),
      );
      return line;
    }),
  );
};
