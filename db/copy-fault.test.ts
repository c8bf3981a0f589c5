// Damage of the records stops the line; a disk that cannot be read does not.
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { brokenPage, toldBy } from './copy-fault.ts';

test.each([
  ['SQLITE_CORRUPT', 'fault'],
  ['SQLITE_CORRUPT_INDEX', 'fault'],
  ['SQLITE_NOTADB', 'fault'],
  ['SQLITE_ERROR', 'fault'],
  ['SQLITE_IOERR_READ', 'unread'],
  ['SQLITE_IOERR_SHORT_READ', 'unread'],
  ['SQLITE_CANTOPEN', 'unread'],
  ['SQLITE_FULL', 'unread'],
  ['SQLITE_READONLY', 'unread'],
])('%s of a copy is told as %s', (code, told) => {
  expect(toldBy(new Database.SqliteError('said', code))).toEqual({ [told]: 'said' });
});

test('what is no word of SQLite says nothing of the records', () => {
  expect(toldBy(new TypeError('no such folder'))).toEqual({ unread: 'no such folder' });
});

test('a page that the disk does not give is no damage; one that is wrong is', () => {
  const page = (code: number) => `*** in database main ***\nTree 4 page 9: unable to get the page. error code=${code}`;
  expect(brokenPage(page(266))).toEqual({ unread: 'Tree 4 page 9: unable to get the page. error code=266' });
  expect(brokenPage(page(11))).toEqual({ fault: 'Tree 4 page 9: unable to get the page. error code=11' });
  expect(brokenPage('row 5 missing from index device_lot')).toEqual({ fault: 'row 5 missing from index device_lot' });
});
