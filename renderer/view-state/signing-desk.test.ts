import { expect, test } from 'vitest';
import type { CaView } from '../../contract/signing-api.ts';
import { caView, stationStatus } from '../../test/samples/station-views.ts';
import { type RecordedSigning, SIGNING } from '../../test/shots/recorded-signing.ts';
import { recordedStation } from '../../test/shots/recorded-station.ts';
import { answerOf } from '../answer.ts';
import { SigningDesk } from './signing-desk.ts';
import { viewOf } from './station-view.ts';

const view = viewOf(stationStatus());

/** A desk over a station that answers by the contract, and how many calls reached it. */
function deskOver(told: RecordedSigning) {
  const api = recordedStation(view, { signing: told });
  const calls = { count: 0 };
  const desk = new SigningDesk({
    ask(call) {
      calls.count++;
      return answerOf(call(api));
    },
  });
  return { desk, calls };
}

test('the list is there once the station has answered; one that does not answer is told in its words', async () => {
  const { desk } = deskOver(SIGNING.drawn);
  expect(desk.sight().cas).toBeNull();
  await desk.look();
  expect(desk.sight().cas?.map(({ name }) => name)).toEqual(['factory-2', 'factory-3', 'pilot']);
  const alone = new SigningDesk({ ask: async () => ({ ok: false, code: 'STATION_GONE', detail: '' }) });
  await alone.look();
  expect(alone.sight()).toMatchObject({ cas: null, refused: 'STATION_GONE' });
});

test('asked for many times while an answer is on its way, the list is asked for once more', async () => {
  const answers: ((cas: CaView[]) => void)[] = [];
  const desk = new SigningDesk({
    ask: <T>() =>
      new Promise<{ ok: true; value: T }>((resolve) => {
        answers.push((cas) => resolve({ ok: true, value: cas as T }));
      }),
  });
  const first = desk.look();
  void desk.look();
  void desk.look();
  expect(answers).toHaveLength(1);
  answers[0]?.([caView()]);
  await Promise.resolve();
  await Promise.resolve();
  expect(answers).toHaveLength(2);
  answers[1]?.([]);
  await first;
  expect(desk.sight().cas).toEqual([]);
  expect(answers).toHaveLength(2);
});

test('a test says how long it took, at its CA', async () => {
  const { desk } = deskOver(SIGNING.drawn);
  await desk.test('factory-2');
  expect(desk.sight()).toMatchObject({
    busy: null,
    said: { name: 'factory-2', result: { kind: 'tested', signMs: 12 } },
  });
});

test('a wrong PIN is told, and not tried again by itself', async () => {
  const { desk, calls } = deskOver({ ...SIGNING.drawn, refuses: 'TOKEN_PIN_WRONG' });
  await desk.login('factory-3', '0000');
  expect(desk.sight().said).toEqual({
    name: 'factory-3',
    result: { kind: 'refused', code: 'TOKEN_PIN_WRONG', detail: '' },
  });
  // The PIN, and the list after it.
  expect(calls.count).toBe(2);
});

test('a secret that was given stands nowhere in what the page holds', async () => {
  const { desk } = deskOver(SIGNING.locked);
  const sights: string[] = [];
  desk.watch(() => sights.push(JSON.stringify(desk.sight())));
  await desk.unlock('station', 'three grey boards');
  await desk.login('station', '482913');
  expect(sights.length).toBeGreaterThan(0);
  for (const sight of sights) expect(sight).not.toMatch(/three grey boards|482913/);
});

test('a second order is not sent while the first is on its way', async () => {
  let calls = 0;
  let arrive = () => {};
  const desk = new SigningDesk({
    ask: () => {
      calls++;
      return new Promise((resolve) => {
        arrive = () => resolve({ ok: false, code: 'SIGNER_UNREACHABLE', detail: '' });
      });
    },
  });
  const first = desk.test('factory-2');
  await desk.test('factory-2');
  await desk.activate('factory-3', 0);
  desk.askBefore('factory-3');
  expect(calls).toBe(1);
  expect(desk.sight()).toMatchObject({ busy: 'factory-2', asks: null });
  arrive();
  await Promise.resolve();
  arrive();
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  arrive();
  await first;
  expect(desk.sight()).toMatchObject({ busy: null, said: { result: { code: 'SIGNER_UNREACHABLE' } } });
});

test('making a CA active is asked about first, and then says who signed before and for how many boards', async () => {
  const { desk } = deskOver(SIGNING.standby);
  await desk.look();
  desk.askBefore('factory-3');
  expect(desk.sight().asks).toBe('factory-3');
  desk.askBefore(null);
  expect(desk.sight().asks).toBeNull();
  await desk.activate('factory-3', 3);
  expect(desk.sight()).toMatchObject({
    asks: null,
    said: { name: 'factory-3', result: { kind: 'activated', before: 'factory-2', boards: 3 } },
  });
});
