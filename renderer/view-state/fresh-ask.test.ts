import { expect, test } from 'vitest';
import { FreshAsk } from './fresh-ask.ts';

/** A station whose answers are let go by hand, and rests that are ended by hand. */
function bench() {
  const waiting: (() => void)[] = [];
  const rests: { readonly waitMs: number; readonly end: () => void; off: boolean }[] = [];
  let asked = 0;
  const fresh = new FreshAsk(
    () => {
      asked += 1;
      return new Promise<number>((resolve) => waiting.push(() => resolve(2_000)));
    },
    (waitMs, work) => {
      const rest = { waitMs, end: work, off: false };
      rests.push(rest);
      return () => {
        rest.off = true;
      };
    },
  );
  const turn = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));
  return {
    fresh,
    rests,
    asked: () => asked,
    async answer() {
      waiting.shift()?.();
      await turn();
    },
    async rest() {
      rests.at(-1)?.end();
      await turn();
    },
  };
}

test('what changes each moment is asked about one at a time, and every answer is taken', async () => {
  const { fresh, asked, answer, rest, rests } = bench();
  fresh.want();
  for (let changes = 0; changes < 50; changes += 1) fresh.want();
  expect(asked()).toBe(1);
  await answer();
  expect(asked()).toBe(1);
  expect(rests.map(({ waitMs }) => waitMs)).toEqual([2_000]);
  await rest();
  expect(asked()).toBe(2);
  await answer();
  await rest();
  expect(asked()).toBe(2);
});

test('a change in the rest is asked about when it is over', async () => {
  const { fresh, asked, answer, rest } = bench();
  fresh.want();
  await answer();
  fresh.want();
  expect(asked()).toBe(1);
  await rest();
  expect(asked()).toBe(2);
});

test('what a person changed is asked about without a rest, and after what is on its way', async () => {
  const { fresh, asked, answer, rests } = bench();
  fresh.want();
  fresh.wantAtOnce();
  fresh.want();
  expect(asked()).toBe(1);
  await answer();
  expect(asked()).toBe(2);
  await answer();
  fresh.wantAtOnce();
  expect(asked()).toBe(3);
  expect(rests[0]?.off).toBe(true);
});

test('nothing is asked once it is over', async () => {
  const { fresh, asked, answer } = bench();
  fresh.want();
  fresh.want();
  fresh.end();
  await answer();
  fresh.want();
  fresh.wantAtOnce();
  expect(asked()).toBe(1);
});
