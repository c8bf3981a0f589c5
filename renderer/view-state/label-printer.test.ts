import { expect, test } from 'vitest';
import { printerRefusal, settingsOf, type TypedPrinter, typedPrinter } from './label-printer.ts';

const NETWORK: TypedPrinter = { size: '38x13', kind: 'network', host: ' zebra-2.line ', port: '9100', name: '' };

test('a printer that was typed is the one that is set, and is shown as it was typed', () => {
  const settings = settingsOf(NETWORK);
  expect(settings).toEqual({ size: '38x13', printer: { kind: 'network', host: 'zebra-2.line', port: 9100 } });
  expect(settings && settingsOf(typedPrinter(settings))).toEqual(settings);
  const system: TypedPrinter = { ...NETWORK, kind: 'system', name: ' Label 2 ' };
  expect(settingsOf(system)).toEqual({ size: '38x13', printer: { kind: 'system', name: 'Label 2' } });
  expect(settingsOf({ ...NETWORK, kind: 'none' })).toEqual({ size: '38x13', printer: { kind: 'none' } });
});

test.each([
  [{ host: '' }, 'bad'],
  [{ host: 'a b' }, 'bad'],
  [{ host: 'http://x/' }, 'bad'],
  [{ port: '0' }, 'badPort'],
  [{ port: '65536' }, 'badPort'],
  [{ port: '91oo' }, 'badPort'],
  [{ port: '' }, 'badPort'],
])('%j is not taken: %s', (change, why) => {
  expect(settingsOf({ ...NETWORK, ...change })).toBeNull();
  expect(printerRefusal({ ...NETWORK, ...change })).toBe(why);
});
