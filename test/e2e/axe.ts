// axe on the page that is open: put in once a page, asked for violations alone. An own way to it, since the one that
// comes with axe puts it in anew at each run and has every passed rule told too, which takes longer than the rules.
import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** Each violation as its rule and where it is; none for a good page. `rules`: these alone. */
export async function violations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    const { run } = Reflect.get(globalThis, 'axe') as typeof axe;
    const found = await run(document, {
      ...{ resultTypes: ['violations'], iframes: false },
      ...(only.length > 0 && { runOnly: [...only] }),
    });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  }, rules);
}
