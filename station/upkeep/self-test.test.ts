import { expect, test } from 'vitest';
import { type Found, selfChecks } from './self-test.ts';

const WELL: Found = {
  ...{
    ports: { present: 4, unknown: 0 },
    portsRefused: null,
    printer: { code: null, waiting: 2 },
    boardsFit: 1000,
    hasSpace: true,
    events: 12,
  },
  ...{ clockDoubted: false, sinceLastMs: 90_000, signing: 'ready', caWarning: null, caDays: 400 },
  cloud: { answerMs: 41.4 },
};

test('a station that has all it needs says a figure in each row, and no fix', () => {
  expect(selfChecks(WELL)).toEqual([
    { check: 'ports', verdict: 'ok', figure: 4, code: null },
    { check: 'printer', verdict: 'ok', figure: 2, code: null },
    { check: 'disk', verdict: 'ok', figure: 1000, code: null },
    { check: 'records', verdict: 'ok', figure: 12, code: null },
    { check: 'clock', verdict: 'ok', figure: 2, code: null },
    { check: 'signing', verdict: 'ok', figure: 400, code: null },
    { check: 'cloud', verdict: 'ok', figure: 41, code: null },
  ]);
});

test.each<[string, Partial<Found>, string]>([
  ['a bench that was not set', { ports: null }, 'ports look BENCH_UNSET'],
  ['a port that is no slot', { ports: { present: 4, unknown: 1 } }, 'ports look PORT_UNKNOWN'],
  ['ports that went', { ports: null, portsRefused: 'PORTS_INVALID' }, 'ports bad PORTS_INVALID'],
  ['a printer without labels', { printer: { code: 'LABELS_EMPTY', waiting: 4 } }, 'printer look LABELS_EMPTY'],
  ['a printer that is not there', { printer: { code: 'PRINTER_AWAY', waiting: 0 } }, 'printer look PRINTER_AWAY'],
  ['a full disk', { hasSpace: false }, 'disk bad DISK_LOW'],
  ['a clock that jumped', { clockDoubted: true }, 'clock bad CLOCK_UNSURE'],
  ['no CA', { signing: 'none' }, 'signing bad CA_MISSING'],
  ['a key that waits', { signing: 'locked' }, 'signing look SIGNER_LOCKED'],
  ['a token that was pulled out', { signing: 'away' }, 'signing bad SIGNER_UNREACHABLE'],
  ['a CA that ends soon', { caWarning: 'CA_ENDS_SOON' }, 'signing look CA_ENDS_SOON'],
  ['a CA that is spent', { caWarning: 'SIGNER_LIMIT' }, 'signing bad SIGNER_LIMIT'],
  ['a station that nobody enrolled', { cloud: { code: 'NOT_ENROLLED' } }, 'cloud look NOT_ENROLLED'],
  ['a service that is silent', { cloud: { code: 'SERVICE_UNREACHABLE' } }, 'cloud bad SERVICE_UNREACHABLE'],
])('%s is the one row that is not in order', (_what, change, row) => {
  const odd = selfChecks({ ...WELL, ...change }).filter(({ verdict }) => verdict !== 'ok');
  expect(odd.map(({ check, verdict, code }) => `${check} ${verdict} ${code}`)).toEqual([row]);
});

test('a station without a printer has nothing to look after', () => {
  expect(selfChecks({ ...WELL, printer: null })[1]).toEqual({
    check: 'printer',
    verdict: 'ok',
    figure: null,
    code: null,
  });
});
