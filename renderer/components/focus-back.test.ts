import { expect, test } from 'vitest';
import { focusBack, type Spot } from './focus-back.ts';

interface Named extends Spot {
  readonly name: string;
  readonly button: Named | null;
}

function spot(name: string, isConnected = true, button: Named | null = null): Named {
  return { name, isConnected, button };
}
const buttonIn = ({ button }: Named) => button;
const around = [spot('row', false, spot('gone')), spot('text'), spot('panel', true, spot('first of the panel'))];

test('it goes back to what opened it', () => {
  const before = spot('the button');
  expect(focusBack({ before, opener: null, around }, buttonIn)).toBe(before);
});

test('a button that was drawn anew takes it, though another is nearer', () => {
  const opener = spot('drawn anew');
  expect(focusBack({ before: spot('gone', false), opener, around }, buttonIn)).toBe(opener);
});

test('where what opened it has gone, the nearest that stands has a button', () => {
  expect(focusBack({ before: spot('gone', false), opener: null, around }, buttonIn)?.name).toBe('first of the panel');
});

test('nothing takes it from another screen', () => {
  const left = around.map((each) => ({ ...each, isConnected: false }));
  expect(focusBack({ before: spot('gone', false), opener: null, around: left }, buttonIn)).toBeNull();
});
