import { expect, test } from 'vitest';
import type { RefusedEntry, RefusedPage } from '../../contract/outbox-api.ts';
import type { Answer } from '../answer.ts';
import { refusedRows } from './refused-rows.ts';

function entry(id: number): RefusedEntry {
  const shared = { kind: 'register', lotId: 'LOT-1', fingerprint: '0'.repeat(64), caKnown: true } as const;
  return { ...shared, id, deviceSerial: `T-${id}`, code: 'SERIAL_TAKEN' };
}

/** A station with so many refused entries, two a page. */
function station(count: number) {
  const asked: number[] = [];
  return {
    asked,
    async ask(afterId: number): Promise<Answer<RefusedPage>> {
      asked.push(afterId);
      const after = Array.from({ length: count }, (_, index) => entry(index + 1)).filter(({ id }) => id > afterId);
      return { ok: true, value: { rows: after.slice(0, 2), more: after.length > 2 } };
    },
  };
}

const idsOf = (page: RefusedPage | null) => page?.rows.map(({ id }) => id);

test('the first page is enough until a person opens more', async () => {
  const { ask, asked } = station(5);
  const page = await refusedRows(0, ask);
  expect(idsOf(page)).toEqual([1, 2]);
  expect(page?.more).toBe(true);
  expect(asked).toEqual([0]);
});

test('what was opened is there again after each look', async () => {
  const { ask, asked } = station(5);
  expect(idsOf(await refusedRows(3, ask))).toEqual([1, 2, 3, 4]);
  expect(asked).toEqual([0, 2]);
});

test('fewer than were shown end the asking', async () => {
  const { ask } = station(3);
  expect(await refusedRows(99, ask)).toMatchObject({ rows: [{ id: 1 }, { id: 2 }, { id: 3 }], more: false });
});

test('a refused page leaves what is shown', async () => {
  expect(await refusedRows(0, async () => ({ ok: false, code: 'STATION_GONE', detail: '' }))).toBeNull();
});
