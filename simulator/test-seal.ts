// The sending half of HPKE for tests of virtual devices: a message as a station would make it, or a spoilt one.
import { createCipheriv, createECDH, type ECDH } from 'node:crypto';
import { concatBytes } from '../domain/bytes.ts';
import { INJECT_AAD, injectInfo } from '../protocol/injection.ts';
import { kemSecret, keySchedule, type PreSharedKey, type Sealed } from './hpke-open.ts';

export interface TestSession {
  readonly hwid: Uint8Array;
  readonly station: string;
  readonly nonce: Uint8Array;
  readonly epk: Uint8Array;
  readonly dn: Uint8Array;
}

/** A key pair to inject; its private number has 32 bytes. */
export function newInjectable(): { readonly pair: ECDH; readonly privateKey: Uint8Array } {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  return { pair, privateKey: concatBytes(new Uint8Array(32 - pair.getPrivateKey().length), pair.getPrivateKey()) };
}

/** Seals `plain` to the session, in PSK mode where one is given. */
export function testSeal(session: TestSession, plain: Uint8Array, psk: PreSharedKey | null = null): Sealed {
  const ephemeral = createECDH('prime256v1');
  const enc = new Uint8Array(ephemeral.generateKeys());
  const secret = kemSecret(ephemeral.computeSecret(session.epk), enc, session.epk);
  const { key, nonce } = keySchedule(secret, injectInfo(session), psk);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  cipher.setAAD(INJECT_AAD);
  const ct = concatBytes(cipher.update(plain), cipher.final(), cipher.getAuthTag());
  return { enc, ct };
}
