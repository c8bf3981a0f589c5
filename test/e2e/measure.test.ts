// Every recorded screen as Electron draws it: room for fingers, for words, also longer ones, and the colours of UX.md.
import { describe, expect, test } from 'vitest';
import { Theme } from '../../domain/person.ts';
import { TOKENS } from '../../renderer/theme/tokens.ts';
import { type Limits, measurePage } from '../shots/page-measures.ts';
import { SMALL } from '../shots/picture-window.ts';
import { SCREENS } from '../shots/recorded-screens.ts';
import { usePictureWindow } from './picture-screen.ts';

const pictures = usePictureWindow();

/** UX.md sections 8, 9 and 12. */
const LIMITS: Limits = { target: 44, cardButton: 56, apart: 8, tile: [104, 64], caption: 13, text: 15, ellipsis: '' };

/** Words of tiles have a limit of letters, which catalogue.test.ts holds; longer ones than that end in an ellipsis. */
const LONGER: Limits = { ...LIMITS, ellipsis: '.tile .wd, .tile .dt' };

describe.each([...Object.keys(SCREENS), 'cards'])('%s has room', (screen) => {
  test.each([
    ['fingers and words', 'en', LIMITS],
    ['longer words', 'qps', LONGER],
  ] as const)('for %s, also in a small window', async (_, language, limits) => {
    const { page, show, resize } = pictures();
    await show({ screen, language });
    expect(await page.evaluate(measurePage, limits)).toEqual([]);
    await resize(SMALL);
    expect(await page.evaluate(measurePage, limits)).toEqual([]);
  });
});

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
