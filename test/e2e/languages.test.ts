// The screens in each language as Electron draws them: no clipped word on the Line with 16 and 64 slots, type as large as
// the script needs, and a window that changes its language with one touch (UX.md section 13).
import { describe, expect, test } from 'vitest';
import { ERRORS, type ErrorCode, type ErrorRow } from '../../domain/error-table.ts';
import { Language } from '../../domain/person.ts';
import { catalogueOf } from '../../renderer/strings/catalogues.ts';
import type { Catalogue } from '../../renderer/strings/pseudo.ts';
import { type Limits, measurePage } from '../shots/page-measures.ts';
import { LARGE, SMALL } from '../shots/picture-window.ts';
import { usePictureWindow } from './picture-screen.ts';

const pictures = usePictureWindow();

const OTHERS = Language.options.filter((language) => language !== 'en');
const SCREENS = ['line-16', 'line-64', 'line-held', 'line-detail', 'line-list', 'sign-in', 'lot-setup', 'help'];

/** UX.md sections 8, 12 and 13: captions of 13 px, in Chinese of 15. */
function limitsOf(language: Language): Limits {
  const caption = language === 'zh-CN' ? 15 : 13;
  return { target: 44, cardButton: 56, apart: 8, tile: [104, 64], caption, text: 15, ellipsis: '' };
}

describe.each(OTHERS)('%s', (language) => {
  test.each([...SCREENS, 'settings-screen', 'first-run'])('has room on %s, also in a small window', async (screen) => {
    const { page, show, resize } = pictures();
    await show({ screen, language });
    expect(await page.evaluate(measurePage, limitsOf(language))).toEqual([]);
    await resize(SMALL);
    expect(await page.evaluate(measurePage, limitsOf(language))).toEqual([]);
  });

  test.each([
    ['line-16', 'tile', ['word', 'stage']],
    ['line-64', 'dense', ['wordDense', 'stageDense']],
  ] as const)('has every word that a tile of %s may show whole', async (screen, part, groups) => {
    const words = await tileWords(language, part, groups);
    const { page, show, resize } = pictures();
    await show({ screen, language, size: LARGE });
    const clipped = await page.evaluate(clippedOf, words);
    await resize(SMALL);
    expect([...clipped, ...(await page.evaluate(clippedOf, words))]).toEqual([]);
  });
});

/** Of states, stages and every failure that a tile can show. */
async function tileWords(language: (typeof OTHERS)[number], part: string, groups: readonly string[]) {
  const catalogue = await catalogueOf(language);
  const below = (at: Catalogue | string | undefined, name: string) => (typeof at === 'object' ? at[name] : undefined);
  const codes = (Object.keys(ERRORS) as ErrorCode[]).filter((code) => (ERRORS[code] as ErrorRow).card !== null);
  const causes = codes.map((code) => below(below(catalogue.cause, code), part));
  const words = [...groups.flatMap((group) => Object.values(catalogue[group] ?? {})), ...causes];
  return words.filter((word) => typeof word === 'string');
}

/** Runs in the page: which words the narrowest failed tile would cut, each with what it lacks. */
function clippedOf(words: readonly string[]): string[] {
  const boxes = [...document.querySelectorAll<HTMLElement>('.grid .t-fail .wd')];
  const [word] = boxes.sort((one, other) => one.clientWidth - other.clientWidth);
  if (word === undefined) return ['no tile that failed'];
  const before = word.textContent;
  const clipped = words.flatMap((text) => {
    word.textContent = text;
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = word;
    return scrollWidth > clientWidth || scrollHeight > clientHeight + 1
      ? [`${text}: ${scrollWidth} of ${clientWidth} px`]
      : [];
  });
  word.textContent = before;
  return clipped;
}

test('Vietnamese has lines with room for its marks', async () => {
  const { page, show } = pictures();
  await show({ screen: 'line-16', language: 'vi' });
  const tight = await page.evaluate(() =>
    [...document.querySelectorAll('.tile .wd, .tile .dt, .card p, .card b, .queue h2, .top small')].flatMap(
      (element) => {
        const { lineHeight, fontSize } = getComputedStyle(element);
        const ratio = Number.parseFloat(lineHeight) / Number.parseFloat(fontSize);
        return ratio >= 1.449 ? [] : [`${ratio} ${element.textContent}`];
      },
    ),
  );
  expect(tight).toEqual([]);
});

test('a touch changes the language of the whole window, and of the page', async () => {
  const { page, show } = pictures();
  await show({ screen: 'first-run' });
  await page.getByRole('button', { name: 'Language' }).click();
  for (const [name, lang, title] of [
    ['Deutsch', 'de', 'Sprache wählen'],
    ['中文', 'zh-CN', '选择语言'],
    ['English', 'en', 'Choose the language'],
  ] as const) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('heading', { name: title }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
  }
});
