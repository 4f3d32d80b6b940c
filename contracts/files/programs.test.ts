import { describe, expect, it } from 'vitest';
import { isPicture } from './content-type.ts';
import { isProgram } from './programs.ts';

describe('a file that could act', () => {
  it.each([
    ['setup.exe', 'application/octet-stream'],
    ['invoice.pdf.JS', 'text/plain; charset=utf-8'],
    ['notes', 'application/x-elf'],
    ['notes.txt', 'application/x-msdownload'],
    ['budget.xlsm', 'application/zip'],
    ['link.desktop', 'text/plain; charset=utf-8'],
    ['logo.svg', 'text/plain; charset=utf-8'],
  ])('%s of type %s is told apart', (name, type) => expect(isProgram(name, type)).toBe(true));

  it.each([
    ['photo.jpg', 'image/jpeg'],
    ['log.txt', 'text/plain; charset=utf-8'],
    ['manual.pdf', 'application/pdf'],
    ['executive summary.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ])('%s of type %s is none', (name, type) => expect(isProgram(name, type)).toBe(false));

  it('is never a picture that a window draws', () => {
    for (const type of ['image/svg+xml', 'text/html', 'application/pdf', 'image/tiff'])
      expect(isPicture(type)).toBe(false);
    expect(isPicture('image/png')).toBe(true);
  });
});
