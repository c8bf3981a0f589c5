import { expect, test } from 'vitest';
import type { Answer } from '../answer.ts';
import { OrderDesk } from './order-desk.ts';

const SEEN = { slot: '6', sinceMs: 1 };
const DONE: Answer<string> = { ok: true, value: 'done' };

test('a second order for a slot is not sent while the first is on its way, one for another slot is', async () => {
  const desk = new OrderDesk();
  const sent: string[] = [];
  let arrive: (answer: Answer<string>) => void = () => {};
  const first = desk.send(SEEN, () => {
    sent.push('first');
    return new Promise<Answer<string>>((resolve) => {
      arrive = resolve;
    });
  });
  const order = (name: string) => async () => {
    sent.push(name);
    return DONE;
  };
  expect(desk.of(SEEN).busy).toBe(true);
  expect(await desk.send(SEEN, order('second'))).toBeNull();
  expect(await desk.send({ slot: '7', sinceMs: 1 }, order('other'))).toEqual(DONE);
  arrive(DONE);
  expect(await first).toEqual(DONE);
  expect(sent).toEqual(['first', 'other']);
  expect(desk.of(SEEN)).toMatchObject({ busy: false, refusal: null });
});

test('an order that is on its way is told also when its slot is another one meanwhile', async () => {
  const desk = new OrderDesk();
  void desk.send(SEEN, () => new Promise(() => {}));
  expect(desk.of({ ...SEEN, sinceMs: 2 })).toMatchObject({ busy: true, refusal: null });
  expect(desk.of({ ...SEEN, slot: '7' }).busy).toBe(false);
});

test('a refusal is told as long as the slot is as it was, and until the next order', async () => {
  const desk = new OrderDesk();
  await desk.send(SEEN, async () => ({ ok: false, code: 'LOT_STATE', detail: '' }));
  expect(desk.of(SEEN).refusal).toBe('LOT_STATE');
  expect(desk.of({ ...SEEN, sinceMs: 2 }).refusal).toBeNull();
  await desk.send(SEEN, async () => DONE);
  expect(desk.of(SEEN).refusal).toBeNull();
});

test("a refusal by a code that this window's words do not know is told all the same", async () => {
  const desk = new OrderDesk();
  await desk.send(SEEN, async () => ({ ok: false, code: 'OF_A_LATER_VERSION', detail: '' }));
  expect(desk.of(SEEN).refusal).not.toBeNull();
});

test('who watches hears of each change until they stop', async () => {
  const desk = new OrderDesk();
  const seen: boolean[] = [];
  const stop = desk.watch(() => seen.push(desk.of(SEEN).busy));
  await desk.send(SEEN, async () => DONE);
  stop();
  await desk.send(SEEN, async () => DONE);
  expect(seen).toEqual([true, false]);
});
