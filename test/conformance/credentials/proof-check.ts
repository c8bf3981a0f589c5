// Checks a proof by the suite's own code (5.7): signature, the map's keys, and what each says.
import { verify } from 'node:crypto';
import { Disagreement } from '../disagreement.ts';
import { ascii, hex, join } from '../wire/bytes.ts';
import { type CborValue, readMap } from '../wire/cbor-reader.ts';
import { publicKeyOf } from './key-pair.ts';

const LABEL = ascii('keyline-prove-v1');
/** Clause 4.4. */
const STATE_BYTES = 280;

/** What a proof must say; digests as bytes, an absent item undefined. */
export interface Claims {
  readonly [key: string]: CborValue | undefined;
}

/** Throws Disagreement unless state and signature are exactly these claims, signed for this nonce by this key. */
export function checkProof(
  proof: { state: Uint8Array; sig: Uint8Array },
  nonce: Uint8Array,
  spki: Uint8Array,
  claims: Claims,
): void {
  const { state, sig } = proof;
  if (state.length > STATE_BYTES) throw new Disagreement(`a state of ${STATE_BYTES} bytes`, `${state.length}`, '4.4');
  const good = verify('sha256', join(LABEL, nonce, state), publicKeyOf(spki), sig);
  if (!good) throw new Disagreement('a signature over label, nonce and state', 'another');
  const said = Object.fromEntries([...readMap(state)].map(([key, value]) => [key, show(value)]));
  const wanted = Object.fromEntries(
    Object.entries(claims).flatMap(([key, value]) => (value === undefined ? [] : [[key, show(value)]])),
  );
  const [want, got] = [wanted, said].map((map) => JSON.stringify(Object.entries(map).sort()));
  if (want !== got) throw new Disagreement(`${want}`, `${got}`);
}

function show(value: CborValue): string {
  return value instanceof Uint8Array ? hex(value) : String(value);
}
