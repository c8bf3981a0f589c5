// The question whether somebody is still there, in Electron over a recorded station: what answers it does nothing to what
// lies below it. Only a browser shows that: a key's press and a tap go to whatever is there once the question is gone.
import type { CDPSession, Locator } from '@playwright/test';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { IDLE_MS } from '../../renderer/screens/sign-in/idle.ts';
import { hasFocus } from './keyboard.ts';
import { usePictureWindow } from './picture-screen.ts';
import { scan } from './scanner.ts';

const pictures = usePictureWindow();
let hands: CDPSession;

beforeAll(async () => {
  const { page } = pictures();
  hands = await page.context().newCDPSession(page);
});

const question = () => pictures().page.getByRole('dialog', { name: 'Are you still there?' });
const stay = () => question().getByRole('button');
const tiles = () => pictures().page.getByRole('button', { name: /^Slot \d+: / });
const reason = () => pictures().page.locator('main').getByRole('textbox').first();

/** What was pressed since the question came, its own button left out. */
const pressed = () => pictures().page.evaluate(() => Reflect.get(globalThis, 'pressed') as string[]);

beforeEach(() => pictures().show({ screen: 'line-16' }));

/** Nobody has touched anything for the idle time: the page's clock is so much ahead, once and for all. */
async function asks(): Promise<void> {
  await pictures().page.evaluate((idleMs) => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + idleMs;
    const pressed: string[] = [];
    Object.assign(globalThis, { pressed });
    const note = ({ target }: MouseEvent) => {
      if (target instanceof Element && !target.closest('dialog')) pressed.push(target.tagName);
    };
    window.addEventListener('click', note, true);
  }, IDLE_MS);
  await stay().waitFor();
}

const gone = () => question().waitFor({ state: 'detached' });

async function tap({ x, y }: Point): Promise<void> {
  await hands.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
  await hands.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** Enter is held until the keyboard repeats it. */
async function holdEnter(): Promise<void> {
  const { keyboard } = pictures().page;
  await keyboard.down('Enter');
  await keyboard.down('Enter');
  await keyboard.up('Enter');
}

test('Enter answers it and presses nothing below, however long it is held', async () => {
  const { page } = pictures();
  await page.keyboard.press('F10');
  const button = page.locator('.card button:focus');
  await button.waitFor();
  await asks();
  await holdEnter();
  await gone();
  expect(await pressed()).toEqual([]);
  await button.waitFor();
  await page.keyboard.press('Enter');
  expect(await pressed()).toEqual(['BUTTON']);
});

test('Enter sends no form that waits below', async () => {
  const { page, show } = pictures();
  await show({ screen: 'lot-page-hold' });
  await reason().fill('Wrong label');
  await asks();
  await holdEnter();
  await gone();
  expect(await pressed()).toEqual([]);
  expect(await reason().inputValue()).toBe('Wrong label');
  expect(await hasFocus(reason())).toBe(true);
  await page.keyboard.press('Enter');
  expect(await pressed()).toEqual(['BUTTON']);
});

test('a scan that answers it leaves nothing in a field below', async () => {
  await pictures().show({ screen: 'lot-page-hold' });
  await reason().fill('Wrong label');
  await asks();
  await scan(hands, 'WO-48213');
  await gone();
  expect(await reason().inputValue()).toBe('Wrong label');
});

test.each([
  ['its button', () => stay()],
  ['the dimmed page', null],
])('a tap on %s answers it and presses nothing below', async (_, target) => {
  const { page } = pictures();
  await asks();
  const point = target === null ? await middleOf(tiles().first()) : await overlap(target(), tiles());
  await tap(point);
  await gone();
  expect(await pressed()).toEqual([]);
  await tap(point);
  await expect.poll(pressed).toEqual(['BUTTON']);
  await page.keyboard.press('Escape');
});

interface Point {
  readonly x: number;
  readonly y: number;
}

async function boxOf(place: Locator) {
  const box = await place.boundingBox();
  if (box === null) throw new Error(`${place} is not drawn.`);
  return box;
}

async function middleOf(place: Locator): Promise<Point> {
  const { x, y, width, height } = await boxOf(place);
  return { x: x + width / 2, y: y + height / 2 };
}

/** Where this lies over one of those: the middle of what they share. */
async function overlap(above: Locator, below: Locator): Promise<Point> {
  const top = await boxOf(above);
  for (const each of await below.all()) {
    const low = await boxOf(each);
    const [left, right] = [Math.max(top.x, low.x), Math.min(top.x + top.width, low.x + low.width)];
    const [up, down] = [Math.max(top.y, low.y), Math.min(top.y + top.height, low.y + low.height)];
    if (left < right && up < down) return { x: (left + right) / 2, y: (up + down) / 2 };
  }
  throw new Error(`${above} lies over none of them.`);
}
