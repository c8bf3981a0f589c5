import { expect, test } from 'vitest';
import { CloudReach } from './cloud-reach.ts';

function reachOver(rows: Map<string, string>, at: { ms: number }): CloudReach {
  const store = {
    setting: (key: string) => rows.get(key) ?? null,
    saveSetting: (key: string, value: string | null) => void rows.set(key, value ?? ''),
  };
  return new CloudReach(store, { nowMs: () => at.ms });
}

test('the cloud is away since the first attempt that failed, also after a restart, until one succeeds', () => {
  const rows = new Map<string, string>();
  const at = { ms: 100 };
  const reach = reachOver(rows, at);
  reach.note(null);
  expect(reach.now).toEqual({ lostMs: null, reachedMs: null });
  reach.note('SERVICE_UNREACHABLE');
  at.ms = 200;
  reach.note('SERVICE_UNREACHABLE');
  const after = reachOver(rows, at);
  after.note('SERVICE_UNREACHABLE');
  expect(after.now).toEqual({ lostMs: 100, reachedMs: null });
  at.ms = 300;
  after.note(null);
  after.note(null);
  expect(after.now).toEqual({ lostMs: null, reachedMs: 300 });
});

test('a row of another hand is refused', () => {
  const reach = reachOver(new Map([['cloudReach', '{"lostMs":"x"}']]), { ms: 1 });
  expect(() => reach.now).toThrow(/cloudReach/);
});
