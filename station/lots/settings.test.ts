import { describe, expect, test } from 'vitest';
import { KeylineError } from '../../domain/errors.ts';
import { Settings } from './settings.ts';

function settings(rows: Record<string, string>): Settings {
  return new Settings({ setting: (key) => rows[key] ?? null, saveSetting() {} });
}

const BENCH = { ports: '/dev', slots: 16 };

describe('a setting', () => {
  test('that was never set is none', () => {
    const { bench, pixelMm, draft } = settings({});
    expect([bench, pixelMm, draft]).toEqual([null, null, null]);
  });

  test.each([
    ['another shape', '{"ports":"/dev"}'],
    ['another kind', '"16"'],
    ['null', 'null'],
  ])('that another hand wrote as %s is refused, not guessed', (_what, text) => {
    expect(() => settings({ bench: text }).bench).toThrow(KeylineError);
    expect(() => settings({ pixelMm: text }).pixelMm).toThrow(/setting pixelMm/);
    expect(() => settings({ draft: text }).draft).toThrow(/setting draft/);
  });

  test('that is set as it was changes nothing, so nobody is told of it', () => {
    const same = settings({ bench: JSON.stringify(BENCH) });
    expect(same.setBench(BENCH)).toBe(false);
    expect(same.setBench({ ...BENCH, slots: 8 })).toBe(true);
  });
});
