import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkCsr } from '../../pki/csr.ts';
import { encodeCbor } from '../../protocol/cbor.ts';
import { decodeProofState, IDENTITY_LIMITS, IDENTITY_RC, proofMessage } from '../../protocol/identity-group.ts';
import type { DeviceRecord } from '../device-record.ts';
import { sha256 } from '../device-state.ts';
import { TestDevice } from '../test-device.ts';

describe('keys', () => {
  it('the same nonce gives the same key, also after a restart', () => {
    const device = new TestDevice();
    const first = device.makeKey().payload.spki;
    device.device.restart();
    expect(device.makeKey().payload.spki).toEqual(first);
  });

  it('a discarded key takes its items with it', () => {
    const device = new TestDevice().enrol();
    device.write('keygen', { alg: 'P-256', nonce: new Uint8Array(16).fill(8), was: device.spkiSha256 });
    expect(device.read('item', { item: 'chain', off: 0 }).rc).toBe(IDENTITY_RC.ABSENT);
    expect(device.read('item', { item: 'leaf', off: 0 }).rc).toBe(IDENTITY_RC.ABSENT);
  });

  it('the private key is in no answer', () => {
    const device = new TestDevice().enrol();
    const secret = Buffer.from(device.state.record.key?.pkcs8 ?? '', 'base64').subarray(36, 68);
    const answers = ['status', 'prove', 'csr', 'lock'].map((command) => {
      const payload =
        command === 'prove' ? { nonce: new Uint8Array(32) } : command === 'csr' ? { sn: 'A', off: 0 } : {};
      return Buffer.from(encodeCbor(device.read(command as 'status', payload).payload));
    });
    expect(secret.length).toBe(32);
    for (const answer of answers) expect(answer.includes(secret)).toBe(false);
  });
});

describe('requests', () => {
  for (const bufSize of [256, 512, 1024]) {
    it(`a request read in chunks through ${bufSize} bytes passes the station's check`, () => {
      const device = new TestDevice({}, { bufSize }).key();
      const parts: Uint8Array[] = [];
      for (let off = 0; ; ) {
        const { len, data } = device.read('csr', { sn: 'AQ-0007', off }).payload;
        if (!(data instanceof Uint8Array) || data.length === 0) throw new Error('no data');
        parts.push(data);
        off += data.length;
        if (off === len) break;
      }
      expect(checkCsr(Buffer.concat(parts), { deviceSerial: 'AQ-0007' })).toMatchObject({ ok: true });
    });
  }

  it('is the same until another serial or a restart', () => {
    const device = new TestDevice().key();
    const { sha } = device.read('csr', { sn: 'A', off: 0 }).payload;
    expect(device.read('csr', { sn: 'A', off: 100 }).payload.sha).toEqual(sha);
    device.device.restart();
    expect(device.read('csr', { sn: 'A', off: 100 }).payload.sha).not.toEqual(sha);
  });
});

describe('items', () => {
  const chain = new Uint8Array(1000).map((_, i) => i);

  it('a transfer goes on where it stood, and starts again after a restart', () => {
    const device = new TestDevice().key();
    const head = { item: 'chain', len: chain.length, sha: sha256(chain) };
    expect(device.write('item', { ...head, off: 0, data: chain.subarray(0, 300) }).payload.off).toBe(300);
    expect(device.write('item', { ...head, off: 0, data: chain.subarray(0, 300) }).payload.off).toBe(300);
    expect(device.write('item', { item: 'chain', off: 500, data: chain.subarray(500) }).payload.off).toBe(300);
    device.device.restart();
    expect(device.write('item', { item: 'chain', off: 300, data: chain.subarray(300) }).payload.off).toBe(0);
    expect(device.read('item', { item: 'chain', off: 0 }).rc).toBe(IDENTITY_RC.ABSENT);
  });

  it('another item or other content drops what was begun', () => {
    const device = new TestDevice().key();
    const begin = (item: string, content: Uint8Array) =>
      device.write('item', { item, off: 0, len: content.length, sha: sha256(content), data: content.subarray(0, 10) });
    begin('chain', chain);
    begin('anchor', chain);
    expect(device.write('item', { item: 'chain', off: 10, data: chain.subarray(10, 20) }).payload.off).toBe(0);
    begin('chain', chain.slice(1));
    expect(begin('chain', chain).payload.off).toBe(10);
  });

  it('data that differs from its digest is not kept', () => {
    const device = new TestDevice().key();
    const lie = { item: 'chain', off: 0, len: chain.length, sha: sha256(chain), data: chain.slice().reverse() };
    expect(device.write('item', { ...lie, data: lie.data.subarray(0, 900) }).rc).toBe(0);
    expect(device.write('item', { item: 'chain', off: 900, data: lie.data.subarray(900) }).rc).toBe(IDENTITY_RC.DIGEST);
    expect(device.read('item', { item: 'chain', off: 0 }).rc).toBe(IDENTITY_RC.ABSENT);
  });

  it('content that is there already needs no second transfer', () => {
    const device = new TestDevice().key();
    device.install('chain', chain);
    const again = device.write('item', {
      item: 'chain',
      off: 0,
      len: chain.length,
      sha: sha256(chain),
      data: chain.subarray(0, 1),
    });
    expect(again.payload.off).toBe(chain.length);
  });

  it('what was written reads back, in chunks that fit the buffer', () => {
    const device = new TestDevice({}, { bufSize: 300 }).key();
    device.install('chain', chain, 100);
    expect(device.readWhole('chain')).toEqual(chain);
  });

  it('bytes behind a leaf make it no leaf', () => {
    const device = new TestDevice().key();
    device.install('chain', chain);
    expect(device.install('leaf', Uint8Array.from([...device.leaf(), 0])).rc).toBe(IDENTITY_RC.KEY_MISMATCH);
  });
});

describe('proofs', () => {
  it('sign the whole state with the key that is in it', () => {
    const device = new TestDevice().enrol();
    device.lock();
    const nonce = new Uint8Array(32).fill(3);
    const { state, sig } = device.read('prove', { nonce }).payload;
    if (!(state instanceof Uint8Array && sig instanceof Uint8Array)) throw new Error('no proof');
    const key = createPublicKey({ key: Buffer.from(device.state.spki ?? []), format: 'der', type: 'spki' });
    expect(verify('sha256', proofMessage(nonce, state), key, sig)).toBe(true);
    expect(state.length).toBeLessThanOrEqual(IDENTITY_LIMITS.proofStateBytes);
    expect(decodeProofState(state)).toMatchObject({
      life: 3,
      dbg: false,
      spki: device.spkiSha256,
      leaf: sha256(device.state.item('leaf') ?? new Uint8Array(0)),
      chain: sha256(TestDevice.ca.root),
      anchor: sha256(TestDevice.ca.root),
    });
  });
});

describe('the lock', () => {
  const commits: Record<string, (before: DeviceRecord, after: DeviceRecord) => boolean> = {
    'the intent': (before, after) => before.lock !== after.lock,
    'the identity fuse': (before, after) => before.fuses.identity !== after.fuses.identity,
    'the debug fuse': (before, after) => before.fuses.debug !== after.fuses.debug,
    'the end': (before, after) => before.life !== after.life && after.life === 'locked',
  };
  for (const [step, cutsAfter] of Object.entries(commits)) {
    it(`a power cut right after ${step} ends locked, and burns nothing twice`, () => {
      let cuts = 0;
      const burnt: string[] = [];
      const device = new TestDevice({
        cutsAfter: (before, after) => cutsAfter(before, after) && cuts++ === 0,
        holds: (fuse) => burnt.push(fuse) > 0,
      }).enrol();
      const leaf = sha256(device.state.item('leaf') ?? new Uint8Array(0));
      const order = { hwid: device.state.hwidBytes, sn: device.deviceSerial, leaf, dbg: true };
      expect(device.tryAsk(true, 19276, 7, order)).toBeNull();
      expect(cuts).toBeGreaterThan(0);
      expect(device.read('status').payload).toMatchObject({ life: 3, dbg: false, sn: device.deviceSerial });
      expect(burnt).toEqual(['identity', 'debug']);
      expect(device.lock()).toMatchObject({ rc: 0, payload: { life: 3 } });
    });
  }

  it('leaves the debug port open where the order says so', () => {
    const device = new TestDevice().enrol();
    device.lock({ dbg: false });
    expect(device.read('status').payload).toMatchObject({ life: 3, dbg: true });
  });

  for (const locksAtRestart of [false, true]) {
    const when = locksAtRestart ? 'at a restart' : 'at once';
    it(`that burns ${when} and does not read back is told as failed, also after restarts, and burnt once`, () => {
      let burns = 0;
      const device = new TestDevice({ holds: () => ++burns === 0 }, { locksAtRestart }).enrol();
      expect(device.lock().rc).toBe(locksAtRestart ? IDENTITY_RC.LOCK_PENDING : IDENTITY_RC.LOCK_FAILED);
      for (let restarts = 0; restarts < 3; restarts++) {
        device.device.restart();
        expect(device.read('status').payload).toMatchObject({ life: 2, locking: true });
        expect(device.lock().rc).toBe(IDENTITY_RC.LOCK_FAILED);
      }
      expect(burns).toBe(1);
    });
  }

  it('closes the groups that could read the store', () => {
    const device = new TestDevice().enrol();
    expect(device.ask(false, 3, 0, { name: 'board/model' }).rc).toBe(0);
    device.lock();
    for (const group of [3, 8, 9])
      expect(device.ask(false, group, 0, { name: 'board/model' })).toMatchObject({ group: null, rc: 8 });
  });

  it('plans what is left to burn', () => {
    const device = new TestDevice().enrol();
    expect(device.read('lock').payload.plan).toHaveLength(2);
    device.lock();
    expect(device.read('lock').payload.plan).toEqual([]);
  });
});

describe('status', () => {
  it('always says that the device is simulated, and fits its limit', () => {
    for (const device of [new TestDevice(), new TestDevice().enrol()]) {
      const { payload } = device.read('status');
      expect(payload).toMatchObject({ v: 1, model: 'AQ-200', hwrev: 'C', sim: true, caps: ['gen', 'inj', 'blink'] });
      expect(encodeCbor(payload).length).toBeLessThanOrEqual(IDENTITY_LIMITS.statusBytes);
    }
  });
});
