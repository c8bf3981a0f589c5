// The table "State x command" of the device protocol, cell by cell.
import { describe, expect, it } from 'vitest';
import { LIVES } from '../../domain/job.ts';
import { IDENTITY_GROUP, IDENTITY_RC } from '../../protocol/identity-group.ts';
import { encodeInjectMessage } from '../../protocol/injection.ts';
import { SMP_RC } from '../../protocol/standard-groups.ts';
import { sha256 } from '../device-state.ts';
import { newKeyPair } from '../key-pair.ts';
import { TestDevice } from '../test-device.ts';
import { newInjectable, testSeal } from '../test-seal.ts';

const STATES = ['blank', 'keyed', 'enrolled', 'locking', 'locked'] as const;
type State = (typeof STATES)[number];

/** Message of the injected key that a device came with. */
const BYTES_OF = new WeakMap<TestDevice, Uint8Array>();

function injected(device: TestDevice): TestDevice {
  BYTES_OF.set(device, device.injectNew());
  return device;
}

const NO_MESSAGE_OF_OURS = encodeInjectMessage({ enc: new Uint8Array(65), ct: new Uint8Array(48) });

/** A new key, or the first chunk of anything where there is no session to be had. */
function injectInto(device: TestDevice): { rc: number; group: number | null } {
  const { rc, session } = device.openInjection();
  const bytes = rc === 0 ? encodeInjectMessage(testSeal(session, newInjectable().privateKey)) : new Uint8Array(8);
  return device.inject(bytes);
}

type Key = (device: TestDevice) => TestDevice;
const made: Key = (device) => device.key();

const BRING: Record<State, (key: Key) => TestDevice> = {
  blank: () => new TestDevice(),
  keyed: (key) => key(new TestDevice()),
  enrolled: (key) => new TestDevice().enrol(key),
  locking: (key) => {
    const device = new TestDevice({}, { locksAtRestart: true }).enrol(key);
    device.lock();
    return device;
  },
  locked: (key) => {
    const device = new TestDevice().enrol(key);
    device.lock();
    return device;
  },
};

const {
  OK,
  STATE,
  NO_SESSION,
  DECRYPT,
  STALE,
  ABSENT,
  KEY_MISMATCH,
  LEAF_MISMATCH,
  LOCK_PENDING,
  WRONG_DEVICE,
  INVALID,
  UNSUPPORTED,
} = IDENTITY_RC;
/** The group does not know the command yet. */
const NONE = -SMP_RC.NOT_SUPPORTED;

/** Result code and the state after it, in one row a command; the order is that of STATES. */
type Cell = readonly [rc: number, after: State];
interface Row {
  /** How the device came by its key; absent: it made it. */
  readonly key?: Key;
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
  'inject-open, right was': { does: (d) => code(d.openInjection()), cells: unchanged(OK, OK, OK, STATE, STATE) },
  'inject-open, no was': {
    does: (d) => code(d.write('injectOpen', { nonce: other, station: 'S' })),
    cells: unchanged(OK, STALE, STALE, STATE, STATE),
  },
  'inject-open, wrong was': {
    does: (d) => code(d.write('injectOpen', { nonce: other, station: 'S', was: digest })),
    cells: unchanged(STALE, STALE, STALE, STATE, STATE),
  },
  'inject, new bytes': {
    does: (d) => code(injectInto(d)),
    cells: cells([OK, 'keyed'], [OK, 'keyed'], [OK, 'keyed'], [STATE, 'locking'], [STATE, 'locked']),
  },
  'inject, the bytes as stored': {
    key: injected,
    does(d) {
      const bytes = BYTES_OF.get(d);
      return code(d.inject(bytes ?? NO_MESSAGE_OF_OURS));
    },
    cells: unchanged(NO_SESSION, OK, OK, STATE, STATE),
  },
  'inject without a session, other bytes than those stored': {
    key: injected,
    does: (d) => code(d.inject(NO_MESSAGE_OF_OURS)),
    cells: unchanged(NO_SESSION, NO_SESSION, NO_SESSION, STATE, STATE),
  },
  'inject, the bytes as stored, while a session waits': {
    key: injected,
    does(d) {
      d.openInjection();
      const rc = code(d.inject(BYTES_OF.get(d) ?? NO_MESSAGE_OF_OURS));
      // The session is as it was: the next message is opened with it.
      return rc === OK ? code(d.inject(NO_MESSAGE_OF_OURS)) : rc;
    },
    cells: unchanged(DECRYPT, DECRYPT, DECRYPT, STATE, STATE),
  },
  'inject without a session': {
    does: (d) => code(d.inject(NO_MESSAGE_OF_OURS)),
    cells: unchanged(NO_SESSION, NO_SESSION, NO_SESSION, STATE, STATE),
  },
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
        const device = BRING[state](row.key ?? made);
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
