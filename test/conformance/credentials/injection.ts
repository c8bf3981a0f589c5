// What the station's side of an injection says (5.6), written from the document: HPKE of one seal, base or PSK.
import { createHash, hkdfSync } from 'node:crypto';
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { ascii, type Bytes, fromHex, join } from '../wire/bytes.ts';

/** Secret of the suite's factory; devices of kind `psk` are made with it, and nobody else's are. */
const FACTORY_SECRET: Bytes = Uint8Array.from(
  createHash('sha256').update('keyline conformance factory secret').digest(),
);
const AAD = fromHex('0a4b4c05');

export interface Session {
  readonly hwid: Uint8Array;
  readonly station: string;
  readonly nonce: Uint8Array;
  readonly dn: Uint8Array;
  readonly epk: Uint8Array;
}

export interface Sealing {
  /** Absent is base mode. */
  readonly psk?: { readonly key: Uint8Array; readonly id: Uint8Array } | undefined;
  readonly aad?: Uint8Array;
  readonly info?: Uint8Array;
}

export interface Sealed {
  readonly enc: Bytes;
  readonly ct: Bytes;
}

/** A device's own PSK. */
export function pskOf(hwid: Uint8Array, secret: Uint8Array = FACTORY_SECRET): Bytes {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), join(ascii('keyline-psk-v1'), hwid), 32));
}

export function infoOf({ hwid, station, nonce, dn }: Session): Bytes {
  const id = ascii(station);
  return join(ascii('keyline-inject-v1'), Uint8Array.of(hwid.length), hwid, Uint8Array.of(id.length), id, nonce, dn);
}

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
});

export async function seal(session: Session, plaintext: Uint8Array, sealing: Sealing = {}): Promise<Sealed> {
  const { psk, aad = AAD, info = infoOf(session) } = sealing;
  const recipientPublicKey = await suite.kem.deserializePublicKey(bufferOf(session.epk));
  const sender = await suite.createSenderContext({
    recipientPublicKey,
    info: bufferOf(info),
    ...(psk && { psk: { key: bufferOf(psk.key), id: bufferOf(psk.id) } }),
  });
  const ct = await sender.seal(bufferOf(plaintext), bufferOf(aad));
  return { enc: new Uint8Array(sender.enc), ct: new Uint8Array(ct) };
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
