import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACTIONS, keyMap } from './actions.ts';
import { actionOf } from './listen.ts';

const usual = keyMap({});
const heard: (string | undefined)[] = [];
const listen = (event: KeyboardEvent) => void heard.push(actionOf(event, usual));
const press = (target: Element, key: string, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));

beforeEach(() => {
  heard.length = 0;
  document.body.innerHTML = '';
  window.addEventListener('keydown', listen);
});
afterEach(() => window.removeEventListener('keydown', listen));

describe('single keys', () => {
  it('mean what experience says they mean', () => {
    const wanted = { n: 'newIncident', j: 'nextRow', k: 'previousRow', a: 'assignToMe', g: 'transfer', w: 'start' };
    for (const [key, action] of Object.entries({
      ...wanted,
      h: 'hold',
      e: 'resolve',
      c: 'note',
      r: 'reply',
      '?': 'keyboard',
    })) {
      expect(usual.get(key), key).toBe(action);
    }
    expect(usual.get('1')).toBe('queue1');
    expect(usual.get('Space')).toBe('peek');
  });

  it('never share a key', () => {
    const keys = Object.values(ACTIONS).flatMap(({ key }) => (key === '' ? [] : [key]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are inert in anything one types into', () => {
    for (const html of [
      '<input>',
      '<textarea></textarea>',
      '<div contenteditable="true"></div>',
      '<div role="combobox"></div>',
    ]) {
      document.body.innerHTML = html;
      press(document.body.firstElementChild ?? document.body, 'n');
    }
    expect(heard).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('are inert while a dialog is open', () => {
    document.body.innerHTML = '<div role="dialog"></div>';
    press(document.body, 'n');
    expect(heard).toEqual([undefined]);
  });

  it('leave Enter and Space to buttons and links', () => {
    document.body.innerHTML = '<button>x</button>';
    press(document.body.firstElementChild ?? document.body, 'Enter');
    press(document.body.firstElementChild ?? document.body, ' ');
    press(document.body.firstElementChild ?? document.body, 'n');
    expect(heard).toEqual([undefined, undefined, 'newIncident']);
  });

  it('never answer to a combination with Ctrl, Alt or AltGr', () => {
    press(document.body, 'n', { ctrlKey: true });
    press(document.body, 'n', { altKey: true });
    press(document.body, 'e', { ctrlKey: true, altKey: true });
    expect(heard).toEqual([undefined, undefined, undefined]);
  });

  it('follow a person’s own keys, which win over the usual ones', () => {
    const mine = keyMap({ newIncident: 'i', resolve: 'n', note: '' });
    expect(mine.get('i')).toBe('newIncident');
    expect(mine.get('n')).toBe('resolve');
    expect(mine.has('c')).toBe(false);
  });
});
