// The typefaces that are shipped, in the real window under its policy (UX.md section 9): names may be Chinese.
import { expect, test } from 'vitest';
import { openWindowApp } from './window-app.ts';

test('a Chinese name is drawn in the shipped typeface, and no part of it is fetched before', async () => {
  const { page, close } = await openWindowApp({ mode: 'practice' });
  const parts = (status: string) =>
    page.evaluate(
      (wanted) => [...document.fonts].filter((face) => face.family.includes('Noto') && face.status === wanted).length,
      status,
    );
  try {
    // Its rules come after the first frame.
    await expect.poll(() => parts('unloaded')).toBeGreaterThan(90);
    expect(await parts('loaded')).toBe(0);
    const drawn = await page.evaluate(async () => {
      const family = getComputedStyle(document.body).fontFamily;
      return (await document.fonts.load(`15px ${family}`, '李娜')).map((face) => [
        face.family.replaceAll('"', ''),
        face.status,
      ]);
    });
    expect(new Set(drawn.map(String))).toEqual(new Set(['Noto Sans SC Variable,loaded']));
    expect(await parts('error')).toBe(0);
  } finally {
    await close();
  }
});
