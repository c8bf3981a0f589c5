// A person at the keyboard of a window: Tab until it is there, then Enter; and text as a hand types it.
import type { Locator, Page } from '@playwright/test';
import { expect } from 'vitest';

/** More than any screen has places that Tab leads to. */
const MOST_TABS = 60;
/** Faster, and it is a scanner that types. */
const HAND = { delay: 60 };

export interface Keyboard {
  readonly key: (name: string) => Promise<void>;
  /** Tab until this has the focus. */
  readonly tabTo: (target: Locator) => Promise<void>;
  /** The first button of this name, or what is found: Tab to it, then Enter. */
  readonly press: (target: string | RegExp | Locator) => Promise<void>;
  /** In place of what the field holds. */
  readonly write: (field: string, text: string) => Promise<void>;
  /** Into whatever has the focus. */
  readonly type: (text: string) => Promise<void>;
}

export function keyboardOf(page: Page): Keyboard {
  const { keyboard } = page;
  const key = (name: string) => keyboard.press(name);
  const type = (text: string) => keyboard.type(text, HAND);
  async function tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    for (let presses = 0; presses < MOST_TABS; presses++) {
      if (await hasFocus(target)) return;
      await key('Tab');
    }
    throw new Error(`Tab does not lead to ${target}.`);
  }
  return {
    ...{ key, tabTo, type },
    async press(target) {
      const isName = typeof target === 'string' || target instanceof RegExp;
      await tabTo(isName ? page.getByRole('button', { name: target }).first() : target);
      await key('Enter');
    },
    async write(name, text) {
      const field = page.getByRole('textbox', { name });
      await tabTo(field);
      await key('ControlOrMeta+A');
      await type(text);
      // A letter and Enter as fast as a test presses them would be a scanner's: what comes next is another hand's.
      await key('End');
      await expect.poll(() => field.inputValue()).toBe(text);
    },
  };
}

export function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}
