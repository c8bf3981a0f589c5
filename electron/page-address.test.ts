// Where the window's page may come from.
import { expect, test } from 'vitest';
import { pageAddress } from './page-address.ts';

const OWN = { page: 'app://keyline/index.html', origin: 'app://keyline' };

test('a packed app shows its own files, whatever it is told', () => {
  expect(pageAddress(true, { KEYLINE_DEV_PAGE: 'http://127.0.0.1:5173/' })).toEqual(OWN);
});

test.each([
  undefined,
  '',
  'https://example.com/',
  'http://example.com/',
  'http://127.0.0.1.example.com/',
  'file:///etc/',
])('one that is being developed shows nothing from another computer: %s', (address) => {
  expect(pageAddress(false, { KEYLINE_DEV_PAGE: address })).toEqual(OWN);
});

test('one that is being developed may show a server on this computer', () => {
  expect(pageAddress(false, { KEYLINE_DEV_PAGE: 'http://127.0.0.1:5173/' })).toEqual({
    page: 'http://127.0.0.1:5173/',
    origin: 'http://127.0.0.1:5173',
  });
});
