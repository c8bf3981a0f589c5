import { expect, test } from 'vitest';
import { type KeyPress, keyName } from './key-name.ts';

function press(change: Partial<KeyPress>): KeyPress {
  const none = { isComposing: false, altKey: false, metaKey: false, shiftKey: false, ctrlKey: false };
  return { ...none, code: 'KeyL', key: 'l', ...change };
}

test('a function key is called as it is marked', () => expect(keyName(press({ code: 'F9', key: 'F9' }))).toBe('F9'));

test('Ctrl and a letter is found by its place, whatever the layout writes there', () => {
  expect(keyName(press({ ctrlKey: true }))).toBe('Ctrl+L');
  expect(keyName(press({ ctrlKey: true, key: 'д' }))).toBe('Ctrl+L');
});

test.each([{ isComposing: true }, { altKey: true }, { metaKey: true }, { shiftKey: true }])(
  'a key that an input method or another modifier has taken is nobody else’s: %o',
  (taken) => {
    expect(keyName(press({ ...taken, ctrlKey: true }))).toBeNull();
    expect(keyName(press({ ...taken, code: 'F9', key: 'F9' }))).toBeNull();
  },
);

test('Ctrl and a digit or a function key has no name', () => {
  expect(keyName(press({ ctrlKey: true, code: 'Digit1', key: '1' }))).toBeNull();
  expect(keyName(press({ ctrlKey: true, code: 'F5', key: 'F5' }))).toBeNull();
});
