import { expect, it } from 'vitest';
import { DocumentStore } from './document-store.ts';

it('goes on where it was kept, also from a desk that had no incident yet', () => {
  let store = new DocumentStore();
  for (let slot = 0; slot < 200; slot += 1) {
    if (slot % 67 === 0) store = new DocumentStore(structuredClone(store.data()));
    store.write(slot, { shortDescription: `printer ${slot}`, description: '' });
  }
  expect(store.read).toBe(200);
  const found: number[] = [];
  store.postings.each(store.terms.find('printer'), (doc) => found.push(store.slotOf(doc)));
  expect(found).toEqual(Array.from({ length: 200 }, (_, slot) => slot));
});
