// A path that a person typed writes over nothing but an earlier file of its kind.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askedFile } from './asked-file.ts';
import { bundleFile } from './bundle-file.ts';

const BUNDLE = '{"keyline":"bundle-1","stationId":"B3"}\n';

let dir = '';
let data: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-asked-'));
  data = join(dir, 'station');
  mkdirSync(join(data, 'exports'), { recursive: true });
  mkdirSync(join(data, 'keys', 'ca'), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const refused = expect.objectContaining({ code: 'FILE_UNWRITABLE' });
const place = (file: string) => () => askedFile(data, file, 'bundle-1');

test('a file outside the data folder, or in its exports, is written beside its name first', () => {
  expect(place(join(dir, 'out'))()).toBe(join(dir, 'out.partial'));
  expect(place(join(data, 'exports', 'out'))()).toBe(join(data, 'exports', 'out.partial'));
  expect(place(join(dir, 'station-2'))()).toBe(join(dir, 'station-2.partial'));
});

test.each(['station.db', 'new', 'keys/ca/ca.key.pem', 'exports/../station.db', '../station/lock'])(
  'nothing is written at %s of the data folder',
  (name) => {
    expect(place(`${data}/${name}`)).toThrow(refused);
  },
);

test.skipIf(process.platform === 'win32')('a link leads nowhere into the data folder', () => {
  symlinkSync(join(data, 'keys'), join(dir, 'stick'));
  expect(place(join(dir, 'stick', 'out'))).toThrow(refused);
  symlinkSync(data, join(dir, 'linked'));
  expect(() => askedFile(join(dir, 'linked'), join(data, 'out'), 'bundle-1')).toThrow(refused);
  writeFileSync(join(dir, 'other'), BUNDLE);
  symlinkSync(join(dir, 'other'), join(dir, 'out'));
  expect(place(join(dir, 'out'))).toThrow(refused);
});

test('a path that is not whole, and a folder that is not there, are refused', () => {
  expect(place('out')).toThrow(refused);
  expect(place(join(dir, 'none', 'out'))).toThrow(refused);
});

test.each([
  ['somebody else’s file', 'dear diary'],
  ['a file of another kind', '{"keyline":"journal-1","stationId":"B3"}\n'],
  ['an empty file', ''],
])('%s stays as it is', (_, text) => {
  writeFileSync(join(dir, 'out'), text);
  expect(() => bundleFile(data)(join(dir, 'out'), BUNDLE)).toThrow(refused);
  expect(readFileSync(join(dir, 'out'), 'utf8')).toBe(text);
});

test('an earlier bundle of that name is replaced, whole, and what a cut left of one as well', () => {
  writeFileSync(join(dir, 'out'), BUNDLE);
  writeFileSync(join(dir, 'out.partial'), '{"key');
  bundleFile(data)(join(dir, 'out'), `${BUNDLE}more`);
  expect(readFileSync(join(dir, 'out'), 'utf8')).toBe(`${BUNDLE}more`);
  expect(existsSync(join(dir, 'out.partial'))).toBe(false);
});
