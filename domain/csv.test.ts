import { expect, it } from 'vitest';
import { csvRow } from './csv.ts';

it.each([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\tx', `"'\tx"`],
  ['\n=1', `"'\n=1"`],
  ['＝1', `"'＝1"`],
  ['AQ-0001', '"AQ-0001"'],
  ['two\nlines, one "cell"', '"two\nlines, one ""cell"""'],
])('the cell %j runs nothing in a spreadsheet', (cell, written) => {
  expect(csvRow([cell, 'b'])).toBe(`${written},"b"\r\n`);
});
