import { beforeEach, expect, test } from 'vitest';
import { systemRandom } from '../random.ts';
import { Sessions } from './sessions.ts';

let nowMs: number;
let sessions: Sessions;
beforeEach(() => {
  nowMs = 0;
  sessions = new Sessions({ monotonicMs: () => nowMs }, systemRandom);
});

test('a session is its own token and nobody else’s, until it is closed', () => {
  const [ann, bo] = [sessions.open('ann', false), sessions.open('bo', false)];
  expect([sessions.personOf(ann), sessions.personOf(bo), sessions.personOf('')]).toEqual(['ann', 'bo', null]);
  expect(sessions.close(ann)).toBe('ann');
  expect([sessions.personOf(ann), sessions.close(ann), sessions.personOf(bo)]).toEqual([null, null, 'bo']);
});

test('one that nobody uses is over after 15 minutes, and one that is used goes on', () => {
  const [idle, used] = [sessions.open('ann', false), sessions.open('bo', false)];
  nowMs = 899_999;
  expect(sessions.personOf(used)).toBe('bo');
  nowMs = 900_000;
  expect([sessions.personOf(idle), sessions.personOf(used)]).toEqual([null, 'bo']);
});

test('that of a command which is the station itself lasts as long as the command', () => {
  const lasting = sessions.open('ann', true);
  nowMs = 90_000_000;
  expect(sessions.personOf(lasting)).toBe('ann');
});

test('the 65th takes the place of the one that was used least lately', () => {
  const tokens = Array.from({ length: 64 }, (_, at) => {
    nowMs = at;
    return sessions.open(`p${at}`, false);
  });
  nowMs = 100;
  sessions.personOf(tokens[0] ?? '');
  sessions.open('late', false);
  expect([sessions.personOf(tokens[0] ?? ''), sessions.personOf(tokens[1] ?? '')]).toEqual(['p0', null]);
});
