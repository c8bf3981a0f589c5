// `npm run long:fuzz -- --runs N`: each fuzz target of firmware/ takes so many inputs, 10 million unless told otherwise.
// The first input that breaks one is kept in firmware/build, and the command that repeats it is printed by the fuzzer.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { concatBytes } from '../domain/bytes.ts';
import { encodeCbor } from '../protocol/cbor.ts';
import { encodeFrame } from '../protocol/smp-frame.ts';
import { BUILD, FIRMWARE, make } from './firmware-build.ts';

/** As the fuzz target's own board has it (firmware/tests/fake-board.c). */
const HWID = Uint8Array.of(0x4b, 1, 2, 3, 4, 5, 6, 7);
const bytes = (length: number) => new Uint8Array(length).fill(7);

/** One right request of each command, by its place in request-fuzz.c: the fuzzer starts from what goes all the way. */
const REQUESTS: readonly (readonly [number, object])[] = [
  [0, {}],
  [1, { hwid: HWID, alg: 'P-256', nonce: bytes(16) }],
  [2, { sn: 'A', off: 0 }],
  [3, { hwid: HWID, nonce: bytes(16), station: 'S' }],
  [4, { item: 'chain', off: 0 }],
  [5, { hwid: HWID, item: 'anchor', off: 0, data: bytes(9), len: 9, sha: bytes(32) }],
  [6, { hwid: HWID, off: 0, len: 125, data: encodeCbor({ enc: bytes(65), ct: bytes(48) }) }],
  [7, { nonce: bytes(32) }],
  [8, {}],
  [9, { hwid: HWID, sn: 'A', leaf: new Uint8Array(32), dbg: true }],
  [10, { d: 'x' }],
  [11, {}],
  [12, {}],
  [13, {}],
  [14, { hash: bytes(32), confirm: true }],
];

function writeSeeds(folder: string, target: string): void {
  mkdirSync(folder, { recursive: true });
  const seed = (name: string, ...parts: Uint8Array[]) => writeFileSync(join(folder, name), concatBytes(...parts));
  if (target === 'frame') return seed('packet', encodeFrame(bytes(300)), encodeFrame(bytes(9)));
  const requests = REQUESTS.map(([which, payload]) => {
    const map = encodeCbor(payload);
    return concatBytes(Uint8Array.of(which, map.length), map);
  });
  for (let life = 0; life < 5; life++) {
    seed(`all-${life}`, Uint8Array.of(life), ...requests);
    for (const [i, request] of requests.entries()) seed(`one-${life}-${i}`, Uint8Array.of(life), request);
  }
}

/** Throws an Error with the fuzzer's last words when an input breaks the target. */
export function fuzz(target: 'frame' | 'request', runs: number): void {
  make([`${BUILD}/${target}-fuzz`], { MBEDTLS: 'none' });
  const folder = mkdtempSync(join(tmpdir(), 'keyline-fuzz-'));
  try {
    writeSeeds(folder, target);
    const args = [`-runs=${runs}`, `-dict=${join(FIRMWARE, 'fuzz', `${target}.dict`)}`, '-max_len=1200'];
    const place = `-artifact_prefix=${BUILD}/${target}-`;
    const ran = spawnSync(join(BUILD, `${target}-fuzz`), [...args, place, folder], { encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`${target}-fuzz found an input:\n${ran.stderr.slice(-4000)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '10000000' } } });
  for (const target of ['frame', 'request'] as const) {
    const startMs = performance.now();
    fuzz(target, Number(values.runs));
    process.stdout.write(`${target}: ${values.runs} inputs, ${((performance.now() - startMs) / 1000).toFixed(0)} s\n`);
  }
}
