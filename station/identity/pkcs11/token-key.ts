// The key pair inside a token: found or made, judged by what the token says of it, and used. Refuses a private key that
// can leave the token, any kind but P-256, and a pair whose halves do not fit.
import { createHash } from 'node:crypto';
import { KeylineError } from '../../../domain/errors.ts';
import { p256SpkiOf, signatureDer, verifySignature } from '../../../pki/p256.ts';
import type { KeyOrder } from './token-messages.ts';
import { DIGEST_BYTES, SIGNATURE_BYTES } from './token-messages.ts';
import { type LoadedModule, returnValue, said } from './token-module.ts';

/** CK_ATTRIBUTE values come in the machine's byte order; every machine that runs this has the low byte first. */
const P256_PARAMETERS = '06082a8648ce3d030107';
/** Uncompressed point as OCTET STRING (PKCS#11 v2.40, 2.3.3). */
const POINT_HEAD = '0441';
const POINT_BYTES = 65;
/** Of CKA_ID: the left 160 bits of SHA-256 over the label. */
const ID_BYTES = 20;

/** CKR_ATTRIBUTE_SENSITIVE, CKR_ATTRIBUTE_TYPE_INVALID: the token has no such attribute to tell. */
const UNTOLD: ReadonlySet<number> = new Set([17, 18]);

/** What a token says over its own key pair is believed only when this text comes back signed. */
const FIT_TEXT = Buffer.from('keyline-token-v1: the halves of this key fit');

export interface Session extends LoadedModule {
  readonly slot: Buffer;
  readonly session: Buffer;
}

export interface TokenKey {
  readonly privateKey: Buffer;
  /** Uncompressed, 65 bytes. */
  readonly point: Buffer;
}

/** Throws TOKEN_KEY_MISSING, TOKEN_KEY_REFUSED. */
export function findKey(on: Session, { keyLabel }: KeyOrder): TokenKey {
  const { constants } = on;
  const [privateKey, ...more] = labelled(on, constants.CKO_PRIVATE_KEY, keyLabel);
  if (!privateKey) throw new KeylineError('TOKEN_KEY_MISSING', keyLabel);
  if (more.length > 0) throw refused('two keys have this label');
  const id = attribute(on, privateKey, constants.CKA_ID);
  const publicKeys = labelled(on, constants.CKO_PUBLIC_KEY, keyLabel).filter((handle) => {
    const its = attribute(on, handle, constants.CKA_ID);
    return id === null || its === null || id.equals(its);
  });
  const [publicKey, ...others] = publicKeys;
  if (!publicKey || others.length > 0) throw refused('it has no public half, or more than one');
  return judged(on, privateKey, publicKey, false);
}

/** Makes the pair in the token and reads back what the token says of it; a pair that is refused is taken away again. */
export function makeKey(on: Session, { keyLabel }: KeyOrder): TokenKey {
  const { constants } = on;
  const taken = [constants.CKO_PRIVATE_KEY, constants.CKO_PUBLIC_KEY].some(
    (kind) => labelled(on, kind, keyLabel).length > 0,
  );
  if (taken) throw new KeylineError('TOKEN_KEY_EXISTS', keyLabel);
  const { publicKey, privateKey } = said(() => generate(on, keyLabel));
  try {
    return judged(on, privateKey, publicKey, true);
  } catch (error) {
    for (const handle of [privateKey, publicKey]) destroy(on, handle);
    throw error;
  }
}

/** r and s over the digest. Throws SIGNER_UNREACHABLE, SIGNER_LOCKED. */
export function signDigest({ calls, constants, session }: Session, { privateKey }: TokenKey, digest: Buffer): Buffer {
  if (digest.length !== DIGEST_BYTES) throw new KeylineError('SIGNER_UNREACHABLE', 'no digest');
  return said(() => {
    calls.C_SignInit(session, { mechanism: constants.CKM_ECDSA }, privateKey);
    // Room for what a module may write that does not keep to 64 bytes.
    return calls.C_Sign(session, digest, Buffer.alloc(1024));
  });
}

function generate({ calls, constants, session }: Session, label: string) {
  const id = createHash('sha256').update(label).digest().subarray(0, ID_BYTES);
  const both = [
    { type: constants.CKA_TOKEN, value: true },
    { type: constants.CKA_LABEL, value: label },
    { type: constants.CKA_ID, value: id },
  ];
  return calls.C_GenerateKeyPair(
    session,
    { mechanism: constants.CKM_EC_KEY_PAIR_GEN },
    [
      ...both,
      { type: constants.CKA_EC_PARAMS, value: Buffer.from(P256_PARAMETERS, 'hex') },
      { type: constants.CKA_VERIFY, value: true },
    ],
    [
      ...both,
      { type: constants.CKA_PRIVATE, value: true },
      { type: constants.CKA_SENSITIVE, value: true },
      { type: constants.CKA_EXTRACTABLE, value: false },
      { type: constants.CKA_SIGN, value: true },
    ],
  );
}

/** `made`: here and now, so that the token must also say that it was never anywhere else, where it says that at all. */
function judged(on: Session, privateKey: Buffer, publicKey: Buffer, made: boolean): TokenKey {
  const { constants: ck } = on;
  for (const handle of [privateKey, publicKey])
    if (attribute(on, handle, ck.CKA_KEY_TYPE)?.[0] !== ck.CKK_EC) throw refused('it is not a P-256 key');
  const parameters = attribute(on, publicKey, ck.CKA_EC_PARAMS);
  if (parameters?.toString('hex') !== P256_PARAMETERS) throw refused('it is not a P-256 key');
  const is = (type: number) => attribute(on, privateKey, type)?.[0];
  if (is(ck.CKA_EXTRACTABLE) !== 0) throw refused('it can leave the token');
  if (is(ck.CKA_SENSITIVE) !== 1) throw refused('the token shows it in clear');
  if (is(ck.CKA_TOKEN) !== 1) throw refused('it ends with its session');
  if (is(ck.CKA_PRIVATE) !== 1) throw refused('it takes no PIN');
  if (is(ck.CKA_SIGN) !== 1) throw refused('it is not for signatures');
  if (is(ck.CKA_ALWAYS_AUTHENTICATE) === 1) throw refused('it takes the PIN again for each signature');
  const born = [ck.CKA_ALWAYS_SENSITIVE, ck.CKA_NEVER_EXTRACTABLE, ck.CKA_LOCAL];
  if (made && born.some((type) => is(type) === 0)) throw refused('the token says that it was made elsewhere');
  const key = { privateKey, point: pointOf(attribute(on, publicKey, ck.CKA_EC_POINT)) };
  proveFit(on, key);
  return key;
}

function pointOf(value: Buffer | null): Buffer {
  const hex = value?.toString('hex') ?? '';
  // Some tokens leave out the OCTET STRING around it.
  const bare = value?.length === POINT_BYTES && hex.startsWith('04');
  if (bare) return value;
  if (!value || value.length !== POINT_BYTES + 2 || !hex.startsWith(POINT_HEAD)) throw refused('it shows no point');
  return value.subarray(2);
}

function proveFit(on: Session, key: TokenKey): void {
  const spki = p256SpkiOf(key.point);
  if (!spki) throw refused('its point is on no curve of P-256');
  const raw = signDigest(on, key, createHash('sha256').update(FIT_TEXT).digest());
  if (raw.length !== SIGNATURE_BYTES || !verifySignature(spki, FIT_TEXT, signatureDer(raw)))
    throw refused('its public half does not verify what its private half signs');
}

/** Handles of such objects with such a label, three at most: more than one is refused already. */
function labelled({ calls, constants, session }: Session, kind: number, label: string): Buffer[] {
  return said(() => {
    calls.C_FindObjectsInit(session, [
      { type: constants.CKA_CLASS, value: kind },
      { type: constants.CKA_LABEL, value: label },
    ]);
    try {
      return calls.C_FindObjects(session, 3);
    } finally {
      calls.C_FindObjectsFinal(session);
    }
  });
}

/** Null for what the token does not tell. Asked one at a time: one that is not known spoils the answer to all. */
function attribute({ calls, session }: Session, handle: Buffer, type: number): Buffer | null {
  return said(() => {
    try {
      const value = calls.C_GetAttributeValue(session, handle, [{ type }])[0]?.value;
      return Buffer.isBuffer(value) ? value : null;
    } catch (error) {
      if (UNTOLD.has(returnValue(error) ?? -1)) return null;
      throw error;
    }
  });
}

function destroy({ calls, session }: Session, handle: Buffer): void {
  try {
    calls.C_DestroyObject(session, handle);
  } catch {
    // The refusal says more than that its key could not be taken away: its label stays taken.
  }
}

function refused(why: string): KeylineError {
  return new KeylineError('TOKEN_KEY_REFUSED', why);
}
