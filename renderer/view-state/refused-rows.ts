// The refused entries that are shown: as many as a person opened, however often they are asked for again.
import type { RefusedPage } from '../../contract/outbox-api.ts';
import type { Answer } from '../answer.ts';

/** Pages from the first one, until there are so many rows or no more of them; null when one is refused. */
export async function refusedRows(
  least: number,
  ask: (afterId: number) => Promise<Answer<RefusedPage>>,
): Promise<RefusedPage | null> {
  let rows: RefusedPage['rows'] = [];
  // Each page but the last has rows, so that there are no more pages than rows wanted.
  for (;;) {
    const page = await ask(rows.at(-1)?.id ?? 0);
    if (!page.ok) return null;
    rows = [...rows, ...page.value.rows];
    if (!page.value.more || page.value.rows.length === 0 || rows.length >= least)
      return { rows, more: page.value.more };
  }
}
