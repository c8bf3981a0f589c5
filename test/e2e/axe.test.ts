// axe over every recorded screen and state, in both schemes: no violation.
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import { Theme } from '../../domain/person.ts';
import { SMALL } from '../shots/picture-window.ts';
import { SCREENS } from '../shots/recorded-screens.ts';
import { usePictureWindow } from './picture-screen.ts';

const pictures = usePictureWindow();

const WINDOWS = [...Theme.options.map((theme) => ({ theme })), { theme: 'light', size: SMALL }] as const;

describe.each([...Object.keys(SCREENS), 'cards'])('axe finds nothing on %s', (screen) => {
  test.each(WINDOWS)('%o', async (window) => {
    const { page, show } = pictures();
    await show({ screen, ...window });
    // Its other mode opens a page of its own, which Electron does not do.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    ).toEqual([]);
  });
});
