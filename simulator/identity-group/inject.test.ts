// Clause 5.3 and 5.6 of the device protocol, sentence by sentence, beside the table of states (state-table.test.ts).
import { hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, toHex } from '../../domain/bytes.ts';
import { encodeCbor } from '../../protocol/cbor.ts';
import { IDENTITY_RC } from '../../protocol/identity-group.ts';
import { encodeInjectMessage, pskInfo } from '../../protocol/injection.ts';
import { SMP_RC } from '../../protocol/standard-groups.ts';
import { sha256 } from '../device-state.ts';
import { p256KeyPair } from '../key-pair.ts';
import { TestDevice } from '../test-device.ts';
import { newInjectable, testSeal } from '../test-seal.ts';

const { OK, INVALID, STALE, SIZE, NO_SESSION, DECRYPT, BAD_KEY } = IDENTITY_RC;
/** Order of the curve. */
const N = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
/** Of a whole message. */
const LENGTH = 125;
const FACTORY_SECRET = new Uint8Array(32).map((_, index) => index);

function session(device: TestDevice) {
  const { rc, session: opened } = device.openInjection();
  expect(rc).toBe(OK);
  return opened;
}

function sealed(device: TestDevice, plain = newInjectable().privateKey): Uint8Array {
  return encodeInjectMessage(testSeal(session(device), plain));
}

describe('an injected key', () => {
  it('is the one that was sealed, and signs from then on', () => {
    const device = new TestDevice();
    const { pair, privateKey } = newInjectable();
    const answer = device.inject(sealed(device, privateKey));
    const { spki } = p256KeyPair(pair);
    expect(answer).toMatchObject({ rc: OK, payload: { spkiSha256: sha256(spki) } });
    expect(device.hasKey(sha256(spki))).toBe(true);
    expect(device.read('prove', { nonce: new Uint8Array(32) }).rc).toBe(OK);
    device.device.restart();
    expect(device.hasKey(sha256(spki))).toBe(true);
  });

  it('replaces the key that was there, and all that belonged to it', () => {
    const device = new TestDevice().enrol();
    device.injectNew();
    expect(device.state.record).toMatchObject({ life: 'keyed', items: { leaf: null, chain: null, anchor: null } });
  });

  it('is answered the same again, also after a restart, by the bytes that brought it', () => {
    const device = new TestDevice();
    const bytes = sealed(device);
    const first = device.inject(bytes);
    expect(device.inject(bytes, LENGTH).payload).toEqual(first.payload);
    device.device.restart();
    expect(device.inject(bytes, 7).payload).toEqual(first.payload);
  });

  it('is forgotten with its bytes when the device makes another', () => {
    const device = new TestDevice();
    const bytes = sealed(device);
    device.inject(bytes);
    device.makeKey(device.spkiSha256);
    expect(device.inject(bytes).rc).toBe(NO_SESSION);
  });
});

describe('a session', () => {
  it('has a key and a nonce of its own each time', () => {
    const device = new TestDevice();
    const [a, b] = [session(device), session(device)];
    expect(toHex(a.epk)).not.toBe(toHex(b.epk));
    expect(toHex(a.dn)).not.toBe(toHex(b.dn));
  });

  const ENDS: readonly [string, (device: TestDevice) => unknown][] = [
    ['a restart', (device) => device.device.restart()],
    ['another inject-open', (device) => device.openInjection()],
    [
      'a message that does not open',
      (device) => device.inject(encodeInjectMessage({ enc: new Uint8Array(65), ct: new Uint8Array(48) })),
    ],
    ['a message that is none', (device) => device.inject(encodeCbor({ enc: 1 }))],
  ];
  it.each(ENDS)('dies at %s', (_what, act) => {
    const device = new TestDevice();
    const bytes = sealed(device);
    act(device);
    expect([NO_SESSION, DECRYPT]).toContain(device.inject(bytes).rc);
    expect(device.state.record.key).toBeNull();
  });

  it.each(['hwid', 'station', 'nonce', 'dn'] as const)('opens nothing that is bound to another %s', (part) => {
    const device = new TestDevice();
    const opened = session(device);
    const other = part === 'station' ? 'KL-other' : Uint8Array.from(opened[part], (byte) => byte ^ 1);
    const bytes = encodeInjectMessage(testSeal({ ...opened, [part]: other }, newInjectable().privateKey));
    expect(device.inject(bytes).rc).toBe(DECRYPT);
  });

  it('leaves the key that is there when its message holds none', () => {
    const bad = [new Uint8Array(32), N, Buffer.alloc(32, 0xff), new Uint8Array(31).fill(1), new Uint8Array(33).fill(1)];
    for (const plain of bad) {
      const device = new TestDevice().key();
      const before = device.spkiSha256;
      const sealedBytes = testSeal(session(device), plain);
      const rc = device.inject(encodeInjectMessage(sealedBytes)).rc;
      expect(rc, toHex(plain)).toBe(plain.length === 32 ? BAD_KEY : INVALID);
      expect(device.hasKey(before)).toBe(true);
    }
  });

  it('does not overwrite a key that came after it was opened', () => {
    const device = new TestDevice();
    const bytes = sealed(device);
    device.key();
    expect(device.inject(bytes).rc).toBe(STALE);
    expect(device.inject(bytes).rc).toBe(NO_SESSION);
  });
});

describe('a board with a factory secret', () => {
  const hwid = new TestDevice().state.hwidBytes;
  const psk = new Uint8Array(hkdfSync('sha256', FACTORY_SECRET, new Uint8Array(0), pskInfo(hwid), 32));
  const board = () => new TestDevice({}, { psk });

  it('says so, and opens what is sealed with it', () => {
    const device = board();
    expect(device.read('status').payload.caps).toEqual(['gen', 'inj', 'psk', 'blink']);
    const message = testSeal(session(device), newInjectable().privateKey, { key: psk, id: hwid });
    expect(device.inject(encodeInjectMessage(message)).rc).toBe(OK);
  });

  it('opens nothing in base mode, by the factory secret itself, or under another id', () => {
    const others = [null, { key: FACTORY_SECRET, id: hwid }, { key: psk, id: Uint8Array.of(1) }];
    for (const other of others) {
      const device = board();
      const message = testSeal(session(device), newInjectable().privateKey, other);
      expect(device.inject(encodeInjectMessage(message)).rc).toBe(DECRYPT);
    }
  });

  it('is not fooled into PSK mode when it has none', () => {
    const device = new TestDevice();
    const message = testSeal(session(device), newInjectable().privateKey, { key: psk, id: hwid });
    expect(device.inject(encodeInjectMessage(message)).rc).toBe(DECRYPT);
  });
});

describe('the chunks', () => {
  const chunk = (device: TestDevice, off: number, len: number, data: Uint8Array) =>
    device.write('inject', { off, len, data });

  it('of any sizes make the same message', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LENGTH }), (size) => {
        const device = new TestDevice();
        expect(device.inject(sealed(device), size).rc).toBe(OK);
      }),
      { numRuns: 30 },
    );
  });

  it('at another offset are answered with the one that is wanted, and offset 0 starts anew', () => {
    const device = new TestDevice();
    const bytes = sealed(device);
    expect(chunk(device, 50, LENGTH, bytes.subarray(50, 60)).payload).toEqual({ off: 0 });
    expect(chunk(device, 0, LENGTH, bytes.subarray(0, 40)).payload).toEqual({ off: 40 });
    expect(chunk(device, 0, LENGTH, bytes.subarray(0, 40)).payload).toEqual({ off: 40 });
    expect(chunk(device, 80, LENGTH, bytes.subarray(80)).payload).toEqual({ off: 40 });
    expect(chunk(device, 40, LENGTH, bytes.subarray(40)).payload).toMatchObject({ off: LENGTH });
  });

  it('of another length than at offset 0, or beyond it, are refused', () => {
    const device = new TestDevice();
    const bytes = sealed(device);
    chunk(device, 0, LENGTH, bytes.subarray(0, 40));
    expect(chunk(device, 40, LENGTH - 1, bytes.subarray(40)).rc).toBe(INVALID);
    expect(chunk(device, 40, LENGTH, concatBytes(bytes.subarray(40), Uint8Array.of(0))).rc).toBe(INVALID);
    expect(chunk(device, 0, 0, new Uint8Array(0)).rc).toBe(INVALID);
    expect(chunk(device, 0, 257, bytes).rc).toBe(SIZE);
  });

  it('without a session are refused at once', () => {
    expect(chunk(new TestDevice(), 0, LENGTH, new Uint8Array(1)).rc).toBe(NO_SESSION);
    expect(chunk(new TestDevice(), 0, 4000, new Uint8Array(1)).rc).toBe(NO_SESSION);
  });

  it('of any garbage never hurt the session that follows', () => {
    const piece = fc.record({
      off: fc.integer({ min: 0, max: 300 }),
      len: fc.integer({ min: 0, max: 300 }),
      data: fc.uint8Array({ maxLength: 200 }),
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const device = new TestDevice();
        session(device);
        for (const { off, len, data } of pieces) chunk(device, off, len, data);
        expect(device.state.record.key).toBeNull();
        device.injectNew();
      }),
      { numRuns: 50 },
    );
  });
});

describe('a board that', () => {
  it('takes no keys does not know the commands, and does not list them', () => {
    const device = new TestDevice({}, { takesKeys: false });
    expect(device.read('status').payload.caps).toEqual(['gen', 'blink']);
    expect(device.openInjection()).toMatchObject({ group: null, rc: SMP_RC.NOT_SUPPORTED });
    expect(device.inject(new Uint8Array(8))).toMatchObject({ group: null, rc: SMP_RC.NOT_SUPPORTED });
  });

  it('makes no keys does not know keygen', () => {
    const device = new TestDevice({}, { generates: false });
    expect(device.read('status').payload.caps).toEqual(['inj', 'blink']);
    expect(device.makeKey()).toMatchObject({ group: null, rc: SMP_RC.NOT_SUPPORTED });
  });
});
