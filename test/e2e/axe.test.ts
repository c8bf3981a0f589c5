// axe over every recorded screen and state, in both sizes and both schemes: no violation.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from 'vitest';
import { LARGE, SMALL } from '../shots/picture-window.ts';
import { SCREENS } from '../shots/recorded-screens.ts';
import { usePictureWindow } from './picture-screen.ts';

const pictures = usePictureWindow();

// The other mode of axe opens a page of its own, which Electron does not do.
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode(true);

async function violations(asked: AxeBuilder): Promise<string[]> {
  const found = await asked.analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

test.each([...Object.keys(SCREENS), 'cards'])('axe finds nothing on %s', async (screen) => {
  const { page, show, resize } = pictures();
  await show({ screen });
  expect(await violations(axe(page))).toEqual([]);
  await resize(SMALL);
  expect(await violations(axe(page))).toEqual([]);
  // Dark differs in colours alone.
  await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'dark'));
  await resize(LARGE);
  expect(await violations(axe(page).withRules(['color-contrast']))).toEqual([]);
});
