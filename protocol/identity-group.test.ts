import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCbor } from './cbor.ts';
import {
  AttestRequest,
  AttestResponse,
  BlinkRequest,
  BlinkResponse,
  decodeProofState,
  encodeProofState,
  IDENTITY_LIMITS,
  InjectMessage,
  InjectOpenRequest,
  InjectOpenResponse,
  InjectRequest,
  InjectResponse,
  ItemWriteRequest,
  KeygenRequest,
  proofMessage,
  StatusResponse,
} from './identity-group.ts';

const hwid = Uint8Array.of(1, 2, 3, 4, 5, 6);
const digest = new Uint8Array(32).fill(9);
const status = { v: 1, hwid, model: 'M', hwrev: 'A', fw: '1.0.0', life: 0, caps: ['gen'], alg: ['P-256'], dbg: true };

describe('identity group', () => {
  test('a request with an unknown key is refused, an answer with one is read', () => {
    const order = { hwid, alg: 'P-256', nonce: new Uint8Array(16) };
    expect(KeygenRequest.safeParse(order).success).toBe(true);
    expect(KeygenRequest.safeParse({ ...order, force: true }).success).toBe(false);
    expect(StatusResponse.safeParse({ ...status, mood: 'good' }).success).toBe(true);
  });

  test('a hardware id of all 00, all ff, 5 or 33 bytes is refused', () => {
    for (const bad of [
      new Uint8Array(6),
      new Uint8Array(6).fill(0xff),
      new Uint8Array(5).fill(1),
      new Uint8Array(33).fill(1),
    ])
      expect(StatusResponse.safeParse({ ...status, hwid: bad }).success).toBe(false);
  });

  test('len and sha stand at offset 0 of an item and at no other', () => {
    const at0 = { hwid, item: 'leaf', off: 0, data: new Uint8Array(4), len: 4, sha: digest };
    expect(ItemWriteRequest.safeParse(at0).success).toBe(true);
    expect(ItemWriteRequest.safeParse({ ...at0, off: 4 }).success).toBe(false);
    expect(ItemWriteRequest.safeParse({ hwid, item: 'leaf', off: 0, data: new Uint8Array(4) }).success).toBe(false);
  });

  test('a proof state comes back as it was signed', () => {
    const maybe = fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 }), { nil: undefined });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.boolean(), maybe, maybe, (life, dbg, leaf, anchor) => {
        const state = { hwid, life, dbg, fw: digest, spki: digest, ...(leaf && { leaf }), ...(anchor && { anchor }) };
        expect(decodeProofState(encodeProofState(state))).toEqual(state);
      }),
    );
  });

  test('the largest proof state fits its bound', () => {
    const largest = { hwid: new Uint8Array(32).fill(1), life: 3, dbg: false, fw: digest, spki: digest };
    const bytes = encodeProofState({ ...largest, leaf: digest, chain: digest, anchor: digest });
    expect(bytes.length).toBeLessThanOrEqual(IDENTITY_LIMITS.proofStateBytes);
  });

  test('a proof state with a key that nobody here reads is refused', () => {
    expect(decodeProofState(encodeCbor({ hwid, life: 1, dbg: true, fw: digest, spki: digest, x: 1 }))).toEqual({
      refused: 'not a proof state',
    });
  });

  test('a signature covers label, nonce and state in this order', () => {
    expect(Buffer.from(proofMessage(Uint8Array.of(1), Uint8Array.of(2))).toString('latin1')).toBe(
      'keyline-prove-v1\x01\x02',
    );
  });

  test('injection, attestation and blink are closed to unknown keys too, and their answers to wrong sizes', () => {
    const nonce = new Uint8Array(16);
    const accepted = [
      [InjectOpenRequest, { hwid, nonce, station: 'KL-01' }],
      [InjectRequest, { hwid, off: 0, len: 4, data: new Uint8Array(4) }],
      [InjectMessage, { enc: new Uint8Array(65), ct: new Uint8Array(48) }],
      [AttestRequest, { hwid, nonce: digest }],
      [BlinkRequest, { hwid }],
    ] as const;
    for (const [schema, request] of accepted) {
      expect(schema.safeParse(request).success).toBe(true);
      expect(schema.safeParse({ ...request, force: true }).success).toBe(false);
    }
    expect(InjectOpenResponse.safeParse({ epk: new Uint8Array(65), dn: nonce }).success).toBe(true);
    expect(InjectOpenResponse.safeParse({ epk: new Uint8Array(64), dn: nonce }).success).toBe(false);
    expect(InjectResponse.safeParse({ spkiSha256: new Uint8Array(31) }).success).toBe(false);
    expect(AttestResponse.safeParse({ fmt: 'x', data: new Uint8Array(9000) }).success).toBe(false);
    expect(BlinkResponse.safeParse({ seen: true }).success).toBe(true);
  });
});
