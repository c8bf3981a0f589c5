import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromHex } from '../../domain/bytes.ts';
import { buildImage, parseImage } from '../../protocol/mcuboot-image.ts';
import { SimulatedBoards } from '../simulated-boards.ts';
import { TestStation } from '../test-station.ts';
import { FAULTS } from './fault-list.ts';

const FILE = buildImage({ version: { major: 2, minor: 0, revision: 0, build: 0 }, body: new Uint8Array(3000).fill(9) });
const image = parseImage(FILE);
if ('refused' in image) throw new Error(image.refused);
const { imageHash } = image;

let stateDir = '';
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'keyline-faults-'));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

/** Takes one device of this fault through the line; healthy ones have the right firmware aboard. */
function run(fault: string | null, seed: string) {
  const station = new TestStation();
  const fired: string[] = [];
  const planned = [0, 1].map((index) => ({
    index,
    hwid: `4b0000000000000${index + 1}`,
    fault: index === 0 ? fault : null,
    seed,
  }));
  const boards = new SimulatedBoards(
    {
      plan: planned,
      stateDir,
      baud: 921_600,
      model: 'AQ-200',
      hardwareRevision: 'C',
      firmware: { version: '2.0.0', imageHash },
    },
    station.clock,
    {
      fired: (board) => fired.push(board.planned.fault ?? ''),
      unplug: () => station.replug(),
      swap(board) {
        board.line.unplug();
        station.connect(boards.board(1).line);
        return true;
      },
    },
  );
  const { line } = boards.board(0);
  station.connect(line);
  const { running } = line.device.state.record;
  if (running.imageHash !== imageHash) station.load(FILE, fromHex(imageHash));
  let locked = station.provision();
  if (fault === 'swap-without-unplug') {
    station.connect(line);
    locked = station.provision();
  }
  if (fault === 'done-by-us') station.replug();
  station.clock.advance(2000);
  return { locked, fired, state: line.device.state };
}

describe('faults of virtual devices', () => {
  it('a healthy device is locked, and no fault is claimed', () => {
    expect(run(null, '1')).toMatchObject({ locked: true, fired: [] });
  });

  for (const { name, does, end } of FAULTS) {
    for (const seed of ['1', '2', '3']) {
      it(`${name}: the board ${does} (seed ${seed})`, () => {
        const { locked, fired } = run(name, seed);
        expect(fired).toEqual([name]);
        if (end.outcome === 'passed') expect(locked).toBe(true);
      });
    }
  }

  it('the device that reverts runs its older firmware after the lock', () => {
    expect(run('firmware-reverts', '1').state.record.running.version).toBe('0.9.0');
  });

  it('the lock that does not hold is open again', () => {
    expect(run('lock-lost', '1')).toMatchObject({ locked: false, state: { record: { life: 'enrolled', lock: null } } });
  });

  it('the same folder brings the same device again', () => {
    const first = run(null, '1').state.record;
    const again = new SimulatedBoards(
      {
        plan: [{ index: 0, hwid: '4b00000000000009', fault: null, seed: '' }],
        stateDir,
        baud: 0,
        model: 'X',
        hardwareRevision: 'Y',
        firmware: null,
      },
      new TestStation().clock,
      { fired() {}, unplug() {}, swap: () => false },
    );
    expect(again.board(0).line.device.state.record).toEqual(first);
  });
});
