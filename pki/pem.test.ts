import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromPem, toPem } from './pem.ts';

const block = toPem(
  'CERTIFICATE',
  Uint8Array.from({ length: 100 }, (_, i) => i),
);

test('any bytes come back, alone or as a chain, with either line end', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(fc.array(bytes, { minLength: 1, maxLength: 3 }), fc.boolean(), (blocks, windows) => {
      const text = blocks.map((der) => toPem('CERTIFICATE', der)).join('');
      expect(fromPem('CERTIFICATE', windows ? text.replaceAll('\n', '\r\n') : text)).toEqual(blocks);
    }),
  );
});

test.each([
  ['nothing', ''],
  ['an empty block', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'],
  ['another label', block.replaceAll('CERTIFICATE', 'PRIVATE KEY')],
  ['another label at the end', block.replace('END CERTIFICATE', 'END CERTIFICATES')],
  ['text before', `hello\n${block}`],
  ['text after', `${block}hello\n`],
  ['a line of another length', block.replace('\n', '\nAAAA\n')],
  ['a letter that base64 does not know', block.replace('AAEC', 'A*EC')],
  ['a block cut short', block.slice(0, 100)],
  ['a header inside', block.replace('\n', '\nProc-Type: 4,ENCRYPTED\n')],
])('%s is no strict PEM', (_title, text) => {
  expect(fromPem('CERTIFICATE', text)).toBeNull();
});
