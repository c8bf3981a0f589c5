// Management group 19276, version 1: numbers, limits, and the shape of every request and answer (docs/device-protocol.md).
// Requests are strict, since an ignored flag would be a hole; answers are loose, so that later devices can say more.
import { z } from 'zod';
import { concatBytes } from '../domain/bytes.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';

/** 0x4B4C. */
export const IDENTITY_GROUP = 19276;

export const IDENTITY_COMMAND = {
  status: 0,
  keygen: 1,
  csr: 2,
  injectOpen: 3,
  item: 4,
  inject: 5,
  prove: 6,
  lock: 7,
  attest: 9,
  blink: 10,
} as const;

export const IDENTITY_RC = {
  OK: 0,
  FAULT: 1,
  INVALID: 2,
  STATE: 3,
  WRONG_DEVICE: 4,
  STALE: 5,
  DIGEST: 6,
  SIZE: 7,
  KEY_MISMATCH: 8,
  LEAF_MISMATCH: 9,
  ENTROPY: 10,
  UNSUPPORTED: 11,
  NO_SESSION: 12,
  DECRYPT: 13,
  BAD_KEY: 14,
  STORE: 15,
  LOCK_FAILED: 16,
  LOCK_PENDING: 17,
  ABSENT: 18,
  BUSY: 19,
} as const;

/** Bytes, from the clause "Sizes". */
export const IDENTITY_LIMITS = {
  statusBytes: 330,
  proofStateBytes: 280,
  itemBytes: { leaf: 2048, chain: 4096, anchor: 2048 },
} as const;

/** A PKCS#10 request for P-256 has 226 bytes; this leaves room for attributes. */
export const MAX_CSR_BYTES = 1024;
/** {enc, ct} takes 126 bytes; clause 5.6 lets a device refuse more than this. */
export const MAX_INJECT_BYTES = 256;
/** The station finishes a transfer of what a chip maker says within this; their statements run to a few KB. */
const MAX_ATTEST_BYTES = 8192;

const Bytes = z.instanceof(Uint8Array);
const bytesOf = (length: number) => Bytes.refine((bytes) => bytes.length === length, `${length} bytes`);
const bytesUpTo = (max: number) => Bytes.refine((bytes) => bytes.length <= max, `at most ${max} bytes`);
const Digest = bytesOf(32);
/** The key nonce, 16 random bytes. */
const KeyNonce = bytesOf(16);
const ProofNonce = bytesOf(32);
const Label = z.string().regex(/^[\x20-\x7e]{1,32}$/, '1 to 32 printable ASCII characters');
const Hwid = Bytes.refine(
  (bytes) =>
    bytes.length >= 6 && bytes.length <= 32 && bytes.some((byte) => byte !== 0) && bytes.some((byte) => byte !== 0xff),
  '6 to 32 bytes, not all 00 or ff',
);
const Offset = z.number().int().min(0).max(0xffffffff);
/** SubjectPublicKeyInfo of P-256 has 91 bytes. */
const Spki = bytesUpTo(128);
/** 0 blank, 1 keyed, 2 enrolled, 3 locked: the order of `LIVES` in domain/job.ts. */
const LifeNumber = z.number().int().min(0).max(3);
const Nothing = z.strictObject({});

export const IdentityItemName = z.enum(['leaf', 'chain', 'anchor']);
export type IdentityItemName = z.infer<typeof IdentityItemName>;

export const StatusRequest = Nothing;
export const StatusResponse = z.object({
  v: z.literal(1),
  hwid: Hwid,
  model: Label,
  hwrev: Label,
  fw: Label,
  life: LifeNumber,
  locking: z.boolean().optional(),
  caps: z.array(z.string().max(32)).max(16),
  alg: z.array(z.string().max(32)).max(16),
  dbg: z.boolean(),
  sn: Label.optional(),
  spkiSha256: Digest.optional(),
  leafSha256: Digest.optional(),
  sim: z.boolean().optional(),
});
export type StatusResponse = z.infer<typeof StatusResponse>;

export const KeygenRequest = z.strictObject({ hwid: Hwid, alg: Label, nonce: KeyNonce, was: Digest.optional() });
export const KeygenResponse = z.object({ spki: Spki });

export const CsrRequest = z.strictObject({ sn: Label, off: Offset });
export const CsrResponse = z.object({ len: Offset, sha: Digest, off: Offset, data: Bytes });

export const InjectOpenRequest = z.strictObject({
  hwid: Hwid,
  nonce: KeyNonce,
  /** The station's id. */
  station: z.string().regex(/^[\x20-\x7e]{1,64}$/, '1 to 64 printable ASCII characters'),
  was: Digest.optional(),
});
export const InjectOpenResponse = z.object({ epk: bytesOf(65), dn: KeyNonce });

export const ItemReadRequest = z.strictObject({ item: IdentityItemName, off: Offset });
export const ItemReadResponse = z.object({ len: Offset, off: Offset, data: Bytes });
/** `len` and `sha` belong to offset 0 and to no other. */
export const ItemWriteRequest = z
  .strictObject({
    hwid: Hwid,
    item: IdentityItemName,
    off: Offset,
    data: Bytes,
    len: Offset.optional(),
    sha: Digest.optional(),
  })
  .refine((request) => (request.off === 0) === (request.len !== undefined), 'len stands at offset 0')
  .refine((request) => (request.off === 0) === (request.sha !== undefined), 'sha stands at offset 0');
export const ItemWriteResponse = z.object({ off: Offset });

export const InjectRequest = z.strictObject({
  hwid: Hwid,
  off: Offset,
  len: Offset,
  data: bytesUpTo(MAX_INJECT_BYTES),
});
export const InjectResponse = z.object({ off: Offset.optional(), spkiSha256: Digest.optional() });
/** What the chunks of `inject` put together: HPKE's encapsulated key, and ciphertext of 32 bytes with its tag of 16. */
export const InjectMessage = z.strictObject({ enc: bytesOf(65), ct: bytesOf(48) });
export type InjectMessage = z.infer<typeof InjectMessage>;

export const ProveRequest = z.strictObject({ nonce: ProofNonce });
/** An ECDSA P-256 signature in DER has at most 72 bytes. */
export const ProveResponse = z.object({ state: bytesUpTo(IDENTITY_LIMITS.proofStateBytes), sig: bytesUpTo(72) });

export const LockPlanRequest = Nothing;
export const LockPlanResponse = z.object({ plan: z.array(z.string().max(64)).max(32) });
export const LockRequest = z.strictObject({ hwid: Hwid, sn: Label, leaf: Digest, dbg: z.boolean() });
export const LockResponse = z.object({ life: LifeNumber });

export const AttestRequest = z.strictObject({ hwid: Hwid, nonce: ProofNonce });
export const AttestResponse = z.object({ fmt: Label, data: bytesUpTo(MAX_ATTEST_BYTES) });

export const BlinkRequest = z.strictObject({ hwid: Hwid });
export const BlinkResponse = z.object({});

/** Stands beside the error of rc 19 BUSY. */
export const BusyDetail = z.object({ retryMs: z.number().int().min(0).max(600_000) });

/** What a proof signs. Digests are SHA-256; `fw` is the image hash of what runs. */
export const ProofState = z.strictObject({
  hwid: Hwid,
  life: LifeNumber,
  dbg: z.boolean(),
  fw: Digest,
  spki: Digest,
  leaf: Digest.optional(),
  chain: Digest.optional(),
  anchor: Digest.optional(),
});
export type ProofState = z.infer<typeof ProofState>;

/** CBOR of the state; absent items are left out. */
export function encodeProofState(state: ProofState): Uint8Array {
  return encodeCbor(Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined)));
}

/** The state, or why the bytes are none. A key that this version does not know is refused: it would be signed unread. */
export function decodeProofState(bytes: Uint8Array): ProofState | { refused: string } {
  if (bytes.length > IDENTITY_LIMITS.proofStateBytes) return { refused: 'a proof state of more than 280 bytes' };
  const decoded = decodeCbor(bytes);
  if ('refused' in decoded) return decoded;
  const state = ProofState.safeParse(decoded.value);
  return state.success ? state.data : { refused: 'not a proof state' };
}

const PROOF_LABEL = new TextEncoder().encode('keyline-prove-v1');

/** The bytes that a proof's signature covers. */
export function proofMessage(nonce: Uint8Array, state: Uint8Array): Uint8Array {
  return concatBytes(PROOF_LABEL, nonce, state);
}
