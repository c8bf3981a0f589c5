// The station's side of an injection in a case: opens a session, seals as the board's kind wants it, sends in pieces.
import { randomBytes } from 'node:crypto';
import { type Bench, bytesIn, numberIn, ok, refused, same, sha256 } from './bench.ts';
import { pskOf, type Sealed, type Sealing, type Session, seal } from './credentials/injection.ts';
import { newKeyPair, publicKeyOfPoint } from './credentials/key-pair.ts';
import { Disagreement } from './disagreement.ts';
import { type CborFields, cbor } from './wire/cbor-bytes.ts';
import { type Answer, INJECT, INJECT_OPEN, LIFE, RC, refusalIn } from './wire/message.ts';

const PIECE_BYTES = 60;
/** Boards without and with a PSK: every clause of an injection holds in either mode. */
export const KINDS = ['plain', 'psk'] as const;

export function modeOf(kind: (typeof KINDS)[number]): string {
  return kind === 'psk' ? 'PSK mode' : 'base mode';
}

export async function openSession(bench: Bench, was?: Uint8Array, station = 'CF-STATION'): Promise<Session> {
  const nonce = randomBytes(16);
  const answer = ok(await bench.write(INJECT_OPEN, { nonce, station, was }));
  const [epk, dn] = [bytesIn(answer, 'epk'), bytesIn(answer, 'dn')];
  same('dn bytes', dn.length, 16);
  publicKeyOfPoint(epk);
  return { hwid: bench.hwid, station, nonce, dn, epk };
}

/** In the mode that the board's kind opens. */
export function sealFor(bench: Bench, session: Session, plaintext: Uint8Array, sealing: Sealing = {}): Promise<Sealed> {
  const psk = bench.caps.includes('psk') ? { key: pskOf(bench.hwid), id: bench.hwid } : undefined;
  return seal(session, plaintext, { psk, ...sealing });
}

export function injectionOf({ enc, ct }: Sealed): Uint8Array {
  return cbor({ enc, ct });
}

export function piece(
  bench: Bench,
  off: number,
  data: Uint8Array,
  len: number,
  more: CborFields = {},
): Promise<Answer> {
  return bench.write(INJECT, { off, len, data, ...more });
}

/** All pieces in their order; the last answer, or the first refusal. */
export async function send(bench: Bench, whole: Uint8Array, pieceBytes = PIECE_BYTES): Promise<Answer> {
  for (let off = 0; ; off += pieceBytes) {
    const answer = await piece(bench, off, whole.subarray(off, off + pieceBytes), whole.length);
    if (refusalIn(answer)) return answer;
    const end = Math.min(off + pieceBytes, whole.length);
    const next = numberIn(ok(answer), 'off');
    if (next !== end) throw new Disagreement(`off ${end}`, `off ${next}`);
    if (end === whole.length) return answer;
  }
}

/** The answer to a whole good message names this key, and so does the board; what the board held before is gone. */
export async function took(bench: Bench, answer: Answer, spki: Uint8Array): Promise<void> {
  same('spkiSha256', ok(answer).get('spkiSha256'), sha256(spki));
  const status = await bench.lifeIs(LIFE.keyed);
  same('spkiSha256', status.get('spkiSha256'), sha256(spki));
  bench.contents = { spki };
}

/** The session is over and the key that is there, if any, is the same. */
export async function sessionOver(bench: Bench, session: Session, life: number): Promise<void> {
  const good = await sealFor(bench, session, newKeyPair().scalar);
  refused(await send(bench, injectionOf(good)), RC.NO_SESSION);
  const status = await bench.lifeIs(life);
  if (life === LIFE.keyed) same('spkiSha256', status.get('spkiSha256'), sha256(bench.spki));
}
