// The table "State x command" of the device protocol, cell by cell.
import { describe, expect, it } from 'vitest';
import { LIVES } from '../../domain/job.ts';
import { IDENTITY_GROUP, IDENTITY_RC } from '../../protocol/identity-group.ts';
import { SMP_RC } from '../../protocol/standard-groups.ts';
import { sha256 } from '../device-state.ts';
import { newKeyPair } from '../key-pair.ts';
import { TestDevice } from '../test-device.ts';

const STATES = ['blank', 'keyed', 'enrolled', 'locking', 'locked'] as const;
type State = (typeof STATES)[number];

const BRING: Record<State, () => TestDevice> = {
  blank: () => new TestDevice(),
  keyed: () => new TestDevice().key(),
  enrolled: () => new TestDevice().enrol(),
  locking: () => {
    const device = new TestDevice({}, { locksAtRestart: true }).enrol();
    device.lock();
    return device;
  },
  locked: () => {
    const device = new TestDevice().enrol();
    device.lock();
    return device;
  },
};

const { OK, STATE, STALE, ABSENT, KEY_MISMATCH, LEAF_MISMATCH, LOCK_PENDING, WRONG_DEVICE, INVALID, UNSUPPORTED } =
  IDENTITY_RC;
/** The group does not know the command yet. */
const NONE = -SMP_RC.NOT_SUPPORTED;

/** Result code and the state after it, in one row a command; the order is that of STATES. */
type Cell = readonly [rc: number, after: State];
interface Row {
  readonly does: (device: TestDevice) => number;
  readonly cells: Record<State, Cell>;
}

function cells(blank: Cell, keyed: Cell, enrolled: Cell, locking: Cell, locked: Cell): Row['cells'] {
  return { blank, keyed, enrolled, locking, locked };
}

/** The same code everywhere, and nothing changes. */
function everywhere(rc: number): Row['cells'] {
  return unchanged(rc, rc, rc, rc, rc);
}

function unchanged(blank: number, keyed: number, enrolled: number, locking: number, locked: number): Row['cells'] {
  return cells([blank, 'blank'], [keyed, 'keyed'], [enrolled, 'enrolled'], [locking, 'locking'], [locked, 'locked']);
}

const other = new Uint8Array(16).fill(9);
const digest = new Uint8Array(32).fill(1);
const code = ({ rc, group }: { rc: number; group: number | null }) => (rc !== 0 && group === null ? -rc : rc);
const content = (bytes: Uint8Array) => ({ off: 0, data: bytes, len: bytes.length, sha: sha256(bytes) });

const TABLE: Record<string, Row> = {
  'status is read': { does: (d) => code(d.read('status')), cells: everywhere(OK) },
  blink: { does: (d) => code(d.write('blink')), cells: everywhere(OK) },
  'the lock plan is read': { does: (d) => code(d.read('lock')), cells: everywhere(OK) },
  'keygen, same nonce': {
    does: (d) => code(d.makeKey()),
    cells: cells([OK, 'keyed'], [OK, 'keyed'], [OK, 'enrolled'], [STATE, 'locking'], [STATE, 'locked']),
  },
  'keygen, new nonce, right was': {
    does: (d) => code(d.write('keygen', { alg: 'P-256', nonce: other, was: d.spkiSha256 })),
    cells: cells([STALE, 'blank'], [OK, 'keyed'], [OK, 'keyed'], [STATE, 'locking'], [STATE, 'locked']),
  },
  'keygen, new nonce, no was': {
    does: (d) => code(d.write('keygen', { alg: 'P-256', nonce: other })),
    cells: cells([OK, 'keyed'], [STALE, 'keyed'], [STALE, 'enrolled'], [STATE, 'locking'], [STATE, 'locked']),
  },
  'keygen, new nonce, wrong was': {
    does: (d) => code(d.write('keygen', { alg: 'P-256', nonce: other, was: digest })),
    cells: unchanged(STALE, STALE, STALE, STATE, STATE),
  },
  'keygen, other algorithm': {
    does: (d) => code(d.write('keygen', { alg: 'P-384', nonce: other })),
    cells: unchanged(UNSUPPORTED, UNSUPPORTED, UNSUPPORTED, STATE, STATE),
  },
  'inject-open': { does: (d) => code(d.write('injectOpen', { nonce: other })), cells: everywhere(NONE) },
  inject: { does: (d) => code(d.write('inject', { off: 0, len: 1, data: digest })), cells: everywhere(NONE) },
  attest: { does: (d) => code(d.write('attest', { nonce: digest })), cells: everywhere(NONE) },
  csr: { does: (d) => code(d.read('csr', { sn: 'AQ-1', off: 0 })), cells: unchanged(STATE, OK, OK, STATE, STATE) },
  'chain is written, same content': {
    does: (d) => code(d.install('chain', TestDevice.ca.root)),
    cells: unchanged(STATE, OK, OK, STATE, OK),
  },
  'chain is written, other content': {
    does: (d) => code(d.install('chain', digest)),
    cells: unchanged(STATE, OK, STALE, STATE, STATE),
  },
  'anchor is written, same content': {
    does: (d) => code(d.install('anchor', TestDevice.ca.root)),
    cells: unchanged(STATE, OK, OK, STATE, OK),
  },
  'anchor is written, other content': {
    does: (d) => code(d.install('anchor', digest)),
    cells: unchanged(STATE, OK, STALE, STATE, STATE),
  },
  'leaf is written without a chain, or other content': {
    does: (d) => code(d.install('leaf', TestDevice.ca.issue(newKeyPair().spki, 'AQ-2', d.hwid))),
    cells: unchanged(STATE, STATE, STALE, STATE, STATE),
  },
  'leaf is written behind its chain': {
    does(d) {
      d.install('chain', TestDevice.ca.root);
      return code(d.install('leaf', d.state.item('leaf') ?? (d.state.spki ? d.leaf() : digest)));
    },
    cells: cells([STATE, 'blank'], [OK, 'enrolled'], [OK, 'enrolled'], [STATE, 'locking'], [OK, 'locked']),
  },
  'leaf for another key is written behind its chain': {
    does(d) {
      d.install('chain', TestDevice.ca.root);
      return code(d.install('leaf', d.leaf(newKeyPair().spki)));
    },
    cells: unchanged(STATE, KEY_MISMATCH, STALE, STATE, STATE),
  },
  'leaf is read': {
    does: (d) => code(d.read('item', { item: 'leaf', off: 0 })),
    cells: unchanged(ABSENT, ABSENT, OK, OK, OK),
  },
  'chain is read': {
    does: (d) => code(d.read('item', { item: 'chain', off: 0 })),
    cells: unchanged(ABSENT, ABSENT, OK, OK, OK),
  },
  prove: { does: (d) => code(d.read('prove', { nonce: digest })), cells: unchanged(STATE, OK, OK, OK, OK) },
  'lock, same words': {
    does: (d) => code(d.lock()),
    cells: cells([STATE, 'blank'], [STATE, 'keyed'], [OK, 'locked'], [LOCK_PENDING, 'locking'], [OK, 'locked']),
  },
  'lock, another leaf': {
    does: (d) => code(d.lock({ leaf: digest })),
    cells: unchanged(STATE, STATE, LEAF_MISMATCH, LEAF_MISMATCH, STATE),
  },
  'lock, another serial': {
    does: (d) => code(d.lock({ sn: 'AQ-9999' })),
    cells: unchanged(STATE, STATE, LEAF_MISMATCH, LEAF_MISMATCH, STATE),
  },
  restart: {
    does(d) {
      d.device.restart();
      return OK;
    },
    cells: cells([OK, 'blank'], [OK, 'keyed'], [OK, 'enrolled'], [OK, 'locked'], [OK, 'locked']),
  },
  'any write that names another device': {
    does: (d) => code(d.write('keygen', { alg: 'P-256', nonce: other, hwid: digest })),
    cells: everywhere(WRONG_DEVICE),
  },
  'any write with a key that nobody knows': {
    does: (d) => code(d.write('blink', { force: true })),
    cells: everywhere(INVALID),
  },
  'an item write that is too short of words': {
    does: (d) => code(d.write('item', { item: 'leaf', off: 0, data: digest })),
    cells: everywhere(INVALID),
  },
};

function stateOf(device: TestDevice): State {
  const { life, locking } = device.read('status').payload;
  if (locking === true) return 'locking';
  const name = LIVES[Number(life)];
  return name ?? 'blank';
}

describe('the identity group of a virtual device', () => {
  for (const [command, row] of Object.entries(TABLE)) {
    for (const state of STATES) {
      const [rc, after] = row.cells[state];
      it(`${state}: ${command} gives ${rc} and leaves it ${after}`, () => {
        const device = BRING[state]();
        expect(stateOf(device)).toBe(state);
        expect(row.does(device)).toBe(rc);
        expect(stateOf(device)).toBe(after);
      });
    }
  }

  it('knows no command in the other direction', () => {
    const device = new TestDevice();
    expect(device.ask(true, IDENTITY_GROUP, 0, {})).toMatchObject({ group: null, rc: SMP_RC.NOT_SUPPORTED });
    expect(device.ask(false, IDENTITY_GROUP, 10, {})).toMatchObject({ group: null, rc: SMP_RC.NOT_SUPPORTED });
  });

  it('speaks no legacy SMP', () => {
    expect(new TestDevice().ask(false, IDENTITY_GROUP, 0, {}, 0).rc).toBe(SMP_RC.VERSION_TOO_OLD);
  });

  it('refuses an item over its capacity before it keeps anything', () => {
    const device = new TestDevice().key();
    const tooLong = { ...content(digest), len: 4097 };
    expect(device.write('item', { item: 'chain', ...tooLong }).rc).toBe(IDENTITY_RC.SIZE);
    expect(device.state.volatile.staging).toBeNull();
  });
});
