// What stands on the screen in another language where the English one says this: for touching a recorded screen's
// buttons. Text that no catalogue holds is data, and the same in all.
import type { Language } from '../../domain/person.ts';
import { catalogueOf } from '../../renderer/strings/catalogues.ts';
import { en } from '../../renderer/strings/en.ts';
import { type Catalogue, pseudoCatalogue } from '../../renderer/strings/pseudo.ts';

export type Spoken = Language | 'qps';

/** One or more ways in which it may be written there: two English texts may be alike where others differ. */
export async function spokenTexts(language: Spoken, english: string): Promise<readonly string[]> {
  if (language === 'en') return [english];
  if (language === 'qps') return [...alike(en, pseudoCatalogue(en), english), english];
  return [...alike(en, await catalogueOf(language), english), english];
}

function alike(from: Catalogue, to: Catalogue, english: string): string[] {
  return Object.entries(from).flatMap(([key, text]) => {
    const other = to[key];
    if (typeof text !== 'string') return typeof other === 'object' ? alike(text, other, english) : [];
    const filled = typeof other === 'string' ? filledAs(text, other, english) : null;
    return filled === null ? [] : [filled];
  });
}

/** The other text with what the English one is filled with here; null where it is another text, or only a fill-in. */
function filledAs(text: string, other: string, english: string): string | null {
  if (text === english) return other;
  const [before = '', name = '', after = ''] = text.split(/\{\{(\w+)\}\}/);
  if (name === '' || before === '' || !english.startsWith(before) || !english.endsWith(after)) return null;
  return other.replace(`{{${name}}}`, english.slice(before.length, english.length - after.length));
}
