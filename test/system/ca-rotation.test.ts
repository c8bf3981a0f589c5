// Another CA takes over in the middle of a lot: what was recorded under the one before is finished under it, board by
// board, with its chain; what is new is the new one's. And a CA that has signed as often as it may.
import { afterEach, describe, expect, test } from 'vitest';
import { concatBytes } from '../../domain/bytes.ts';
import { KeylineError } from '../../domain/errors.ts';
import type { StationEvent } from '../../domain/station-event.ts';
import { readCertificate } from '../../pki/certificate-facts.ts';
import { checkChain } from '../../pki/chain.ts';
import type { CertificateRow } from '../../station/records/record-store.ts';
import { lastWords, type MemoryBench, openBench } from './memory-bench.ts';

let bench: MemoryBench;
afterEach(() => bench.close());

const ended = (count: number) => (events: readonly StationEvent[]) => lastWords(events).length >= count;
const shows = (code: string) => (events: readonly StationEvent[]) =>
  events.some((event) => event.type === 'slot-changed' && event.slot.code === code);
const codeOf = (error: unknown) => (error instanceof KeylineError ? error.code : error);
const stateOf = (name: string) => bench.station.signing.list().find((ca) => ca.name === name)?.state;

/** A practice station's own CAs have names in this order. */
async function open(options: Parameters<typeof openBench>[0] = {}): Promise<MemoryBench> {
  bench = await openBench({ otherCas: ['next'], ...options });
  return bench;
}

async function rotated(): Promise<void> {
  await bench.station.stopLine();
  await bench.station.signing.rotate('officer', 'next');
}

test('a board cut between its recorded bytes and their signature gets exactly these from the CA before', async () => {
  let room = false;
  const { ports, board, until, events, bugs, store, start } = await open({
    full: (records) => !room && records.certificate(1)?.state === 'intended',
  });
  const [old, other] = [board(), board({ hwid: 'b1b2c3d4e5f60718' })];
  ports.insert('1', old);
  await until(shows('DISK_FULL'));
  const tbs = store.certificate(1)?.tbs;
  ports.eject('1');
  room = true;
  await rotated();
  await start('L1');
  ports.insert('1', old);
  ports.insert('2', other);
  await until(ended(2));
  expect(bugs).toEqual([]);
  expect(lastWords(events)).toEqual(['passed', 'passed']);
  expect(store.certificate(1)?.tbs).toEqual(tbs);
  expect(chainOf(old, store.certificate(1))).toBe(chainNames('main'));
  expect(chainOf(other, store.certificate(2))).toBe(chainNames('next'));
  expect(store.cas().map(({ name, role, signatures }) => [name, role, signatures])).toEqual([
    ['next', 'active', 1],
    ['main', 'retired', 1],
  ]);
});

test('a board that left with a signed certificate takes it, and the chain of its own CA, after a rotation and a restart', async () => {
  let left = false;
  const { ports, board, until, events, bugs, store } = await open();
  const line = board({
    hooks: {
      onRequest(request) {
        if (left || request.group !== 19276 || !('item' in request.payload)) return 'serve';
        left = true;
        ports.eject('1');
        return 'serve';
      },
    },
  });
  ports.insert('1', line);
  await until(shows('PULLED_OUT'));
  expect(store.certificate(1)?.state).toBe('signed');
  await rotated();
  await bench.restart();
  ports.insert('1', line);
  await until(ended(1));
  expect([bugs, lastWords(events)]).toEqual([[], ['passed']]);
  expect(chainOf(line, store.certificate(1))).toBe(chainNames('main'));
});

describe('a rotation', () => {
  test('waits for the line, happens once, and never goes back', async () => {
    const { station, start } = await open();
    expect(await station.signing.rotate('officer', 'next').catch(codeOf)).toBe('LINE_RUNNING');
    await rotated();
    expect([stateOf('main'), stateOf('next')]).toEqual(['retired', 'active']);
    expect(await station.signing.rotate('officer', 'next').catch(codeOf)).toBe('CA_UNFIT');
    expect(await station.signing.rotate('officer', 'main').catch(codeOf)).toBe('CA_UNFIT');
    expect(await station.signing.rotate('officer', 'nobody').catch(codeOf)).toBe('CA_UNKNOWN');
    await start('L1');
  });

  test('leaves on record that both CAs are this station’s, and who did it', async () => {
    const { store } = await open();
    await rotated();
    expect(store.cas().every(({ proof }) => proof !== null)).toBe(true);
  });
});

test('a CA that has signed as often as it may stops the line before the next board, and signs no more', async () => {
  const { ports, board, until, events, bugs, store } = await open({ limit: 1 });
  ports.insert('1', board());
  await until(ended(1));
  ports.insert('2', board({ hwid: 'b1b2c3d4e5f60718' }));
  await until((all) => all.some((event) => event.type === 'line-changed' && event.stoppedBy === 'SIGNER_LIMIT'));
  expect([bugs, lastWords(events)]).toEqual([[], ['passed']]);
  expect(store.cas()[0]).toMatchObject({ name: 'main', signatures: 1, limit: 1 });
  expect(bench.station.signing.list()[0]?.warnings).toEqual(['SIGNER_LIMIT']);
  ports.eject('1');
  await rotated();
  await bench.start('L1');
  await until(ended(2));
  expect(lastWords(events)).toEqual(['passed', 'passed']);
});

test('a key is tested by a signature that is no certificate, and the test is on record', async () => {
  const { station } = await open();
  expect((await station.signing.test('officer', 'main')).signMs).toBeGreaterThanOrEqual(0);
  expect(await station.signing.test('officer', 'nobody').catch(codeOf)).toBe('CA_UNKNOWN');
});

/** Whose chain the board holds, root last; proves that its leaf is of it. */
function chainOf(line: ReturnType<MemoryBench['board']>, row: CertificateRow | null): string {
  const { state } = line.device;
  const [leaf, chain, anchor] = [state.item('leaf'), state.item('chain'), state.item('anchor')];
  if (!leaf || !chain || !anchor) return 'the board holds no chain';
  expect(concatBytes(leaf)).toEqual(row?.certificate);
  expect(checkChain(leaf, [chain], anchor, Date.now())).toMatchObject({ ok: true });
  return [chain, anchor].map(nameOf).join();
}

function nameOf(der: Uint8Array): string {
  const reading = readCertificate(der);
  return reading.ok ? (reading.facts.commonName ?? '') : reading.reason;
}

function chainNames(name: string): string {
  const ca = bench.station.signing.list().find((known) => known.name === name);
  return (ca?.chain ?? [])
    .toReversed()
    .map(({ commonName }) => commonName)
    .join();
}
