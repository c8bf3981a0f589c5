// Every recorded screen and state as Electron draws it, each opened once a language: room for fingers, for words, also
// longer ones; axe finds nothing; Tab leads to all of it, and Esc out of what was opened; and the colours of UX.md.
import type { CDPSession } from '@playwright/test';
import { beforeAll, describe, expect, test } from 'vitest';
import { Theme } from '../../domain/person.ts';
import { TOKENS } from '../../renderer/theme/tokens.ts';
import { type Limits, measurePage } from '../shots/page-measures.ts';
import { LARGE, SMALL } from '../shots/picture-window.ts';
import { SCREENS } from '../shots/recorded-screens.ts';
import { violations } from './axe.ts';
import { usePictureWindow } from './picture-screen.ts';
import { tabFaults } from './tab-walk.ts';

const pictures = usePictureWindow();

/** UX.md sections 8, 9 and 12. */
const LIMITS: Limits = { target: 44, cardButton: 56, apart: 8, tile: [104, 64], caption: 13, text: 15, ellipsis: '' };

/** Words of tiles have a limit of letters, which catalogue.test.ts holds; longer ones than that end in an ellipsis. */
const LONGER: Limits = { ...LIMITS, ellipsis: '.tile .wd, .tile .dt' };

let keyboard: CDPSession;
beforeAll(async () => {
  const { page } = pictures();
  keyboard = await page.context().newCDPSession(page);
});

describe.each([...Object.keys(SCREENS), 'cards'])('%s', (screen) => {
  test('has room for fingers and words, axe finds nothing, and Tab leads to all of it', async () => {
    const { page, show, resize, darken } = pictures();
    const found: Record<string, string[]> = {};
    await show({ screen });
    found.room = await page.evaluate(measurePage, LIMITS);
    found.axe = await violations(page);
    found.tab = await tabFaults(page, keyboard);
    await resize(SMALL);
    found.roomInSmall = await page.evaluate(measurePage, LIMITS);
    found.axeInSmall = await violations(page);
    // Dark differs in colours alone.
    await darken();
    found.axeInDark = await violations(page, ['color-contrast']);
    expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([]);
  });

  test('has room for longer words', async () => {
    const { page, show, resize } = pictures();
    // The window is as small as it was left: the next screen finds it large.
    await show({ screen, language: 'qps', size: SMALL });
    expect(await page.evaluate(measurePage, LONGER)).toEqual([]);
    await resize(LARGE);
    expect(await page.evaluate(measurePage, LONGER)).toEqual([]);
  });
});

/** Screens whose last step opens something over, in or in place of what was there. */
const OPENED = [
  ...['help', 'line-detail', 'lot-page', 'lot-page-hold', 'lot-page-close', 'lot-setup', 'settings-people'],
  ...['settings-people-add', 'settings-shape', 'settings-signing-asks', 'sheet-commands', 'sync-carry'],
  ...['sync-compare', 'sync-reconcile', 'sync-export', 'device-record', 'device-record-officer'],
  'device-record-rework',
];

describe.each(OPENED)('what was opened on %s', (screen) => {
  test('is closed by Esc, which leaves what was there before', async () => {
    const { page, show, take } = pictures();
    const last = SCREENS[screen]?.steps.at(-1);
    if (last === undefined) throw new Error(`nothing is opened on ${screen}`);
    await show({ screen, steps: -1 });
    const before = await page.evaluate(namesOfControls);
    await take(last);
    expect(await page.evaluate(namesOfControls)).not.toEqual(before);
    await take({ key: 'Escape' });
    expect(await page.evaluate(namesOfControls)).toEqual(before);
  });
});

/** Runs in the page: headings and what a hand may press or fill, by name. */
function namesOfControls(): string[] {
  const all = document.querySelectorAll<HTMLElement>('h1, h2, button, input, select, textarea');
  return [...all]
    .filter((element) => element.checkVisibility())
    .map((element) => element.getAttribute('aria-label') ?? element.textContent ?? '');
}

/** Where a token is seen: selector and property. */
const SEEN = [
  ['.grid', 'canvas', 'backgroundColor'],
  ['.top', 'bar', 'backgroundColor'],
  ['.rail', 'bar', 'backgroundColor'],
  ['.tile.t-work', 'surface', 'backgroundColor'],
  ['.tile.t-work', 'ink', 'color'],
  ['.tile.t-pass', 'pass-tint', 'backgroundColor'],
  ['.tile.t-pass .wd', 'pass-ink', 'color'],
  ['.tile.t-pass .sym', 'pass', 'color'],
  ['.tile.t-fail', 'fail', 'backgroundColor'],
  ['.tile.t-fail .wd', 'fail-on', 'color'],
  ['.tile.t-need', 'need', 'backgroundColor'],
  ['.tile.t-need', 'need-edge', 'borderTopColor'],
  ['.tile.t-need .wd', 'need-on', 'color'],
  ['.tile.t-work .sym', 'work', 'color'],
  ['.card', 'raised', 'backgroundColor'],
  ['.card .pri', 'ink', 'backgroundColor'],
  ['.scan .last', 'ink2', 'color'],
] as const;

describe.each(Theme.options)('in %s', (theme) => {
  test('each token has its colour of UX.md', async () => {
    const { page, show } = pictures();
    await show({ screen: 'line-16', theme });
    const names = Object.keys(TOKENS[theme]);
    const found = await page.evaluate((all) => {
      const style = getComputedStyle(document.documentElement);
      return Object.fromEntries(all.map((name) => [name, style.getPropertyValue(`--${name}`).trim().toUpperCase()]));
    }, names);
    expect(found).toEqual(TOKENS[theme]);
  });

  test('tiles, cards and bars are drawn in their tokens', async () => {
    const { page, show } = pictures();
    await show({ screen: 'line-16', theme });
    const found = await page.evaluate((seen) => {
      const background = (element: Element | null): string => {
        if (element === null) return 'none';
        const { backgroundColor } = getComputedStyle(element);
        return backgroundColor === 'rgba(0, 0, 0, 0)' ? background(element.parentElement) : backgroundColor;
      };
      return seen.map(([selector, , property]) => {
        const element = document.querySelector(selector);
        if (element === null) return `no ${selector}`;
        return property === 'backgroundColor' ? background(element) : getComputedStyle(element)[property];
      });
    }, SEEN);
    expect(found).toEqual(SEEN.map(([, token]) => rgbOf(TOKENS[theme][token])));
  });
});

function rgbOf(hex: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return `rgb(${parts.join(', ')})`;
}
