import { describe, expect, it } from 'vitest';
import { importInPlace } from './testing/import-in-place.ts';
import { MemorySink } from './testing/memory-sink.ts';

const imported = async (text: string) => {
  const sink = new MemorySink();
  const { preview, progress } = await importInPlace(new Blob([text]), sink);
  return { sink, preview, progress };
};

describe('a file with columns named after what every object has', () => {
  const text = 'Title,constructor,__proto__,toString,hasOwnProperty\nPrinter,a,b,c,d\n';

  it('is previewed, and every such column is one like any other', async () => {
    const { preview } = await imported(text);
    expect(preview).toMatchObject({
      mapping: {
        columns: [
          { target: 'shortDescription' },
          { target: 'extra' },
          { target: 'extra' },
          { target: 'extra' },
          { target: 'extra' },
        ],
      },
    });
    expect(() => structuredClone(preview)).not.toThrow();
  });

  it('loses no cell of them', async () => {
    const { sink, progress } = await imported(text);
    expect(progress).toMatchObject({ phase: 'done', report: { incidentsAdded: 1 } });
    const kept = JSON.stringify([...sink.visible.values()]);
    expect(kept).toContain('"constructor":"a","(__proto__)":"b","toString":"c","hasOwnProperty":"d"');
  });
});

it.each(['constructor', '__proto__', 'toString'])(
  'a cell that reads %s is a word like any other that nobody knows',
  async (word) => {
    const { progress } = await imported(
      `Summary,Status,Priority,Channel\nPrinter,${word},${word},${word}\nScreen,New,2,phone\n`,
    );
    expect(progress).toMatchObject({ phase: 'done', report: { incidentsAdded: 2 } });
    expect(progress?.report?.issues.map(({ code }) => code)).toContain('unknownState');
  },
);
