// A token that was logged into: signs until anything goes wrong, and never after. The PIN is not kept, so a token that
// was away takes a person and a new login; whether it is back is looked at without it.
import { createHash } from 'node:crypto';
import { KeylineError } from '../../../domain/errors.ts';
import { signatureDer, verifySignature } from '../../../pki/p256.ts';
import type { Attendance, Signer, SignerState } from '../signer.ts';
import { encodeFrame, KIND } from './token-frames.ts';
import type { TokenLink } from './token-link.ts';
import { SIGNATURE_BYTES } from './token-messages.ts';

/** A card signs in half a second; behind it wait 63 others. */
const SIGN_MS = 10_000;

export class OpenToken implements Signer {
  readonly spki: Uint8Array;
  readonly attendance: Attendance;
  readonly #link: TokenLink;
  readonly #label: string;
  /** Whether the token is plugged in now; asked without a PIN. Throws KeylineError when that cannot be said. */
  readonly #isThere: () => Promise<boolean>;
  readonly #watchers: (() => void)[] = [];
  #state: SignerState = 'ready';
  #looking = false;

  constructor(link: TokenLink, spki: Uint8Array, label: string, isThere: () => Promise<boolean>) {
    this.#link = link;
    this.spki = spki;
    this.#label = label;
    this.#isThere = isThere;
    this.attendance = {
      state: () => this.#state,
      look: () => void this.#look(),
      watch: (changed) => void this.#watchers.push(changed),
    };
  }

  async sign(message: Uint8Array): Promise<Uint8Array> {
    if (this.#state !== 'ready') throw this.#away(this.#state);
    try {
      return await this.#signed(message);
    } catch (error) {
      // Whatever went wrong, this session is over.
      const loggedOut = error instanceof KeylineError && error.code === 'SIGNER_LOCKED';
      if (this.#state === 'ready') this.#become(loggedOut ? 'pin-needed' : 'unreachable');
      await this.#link.close();
      throw error;
    }
  }

  async #signed(message: Uint8Array): Promise<Uint8Array> {
    const digest = createHash('sha256').update(message).digest();
    const { kind, payload } = await this.#link.ask([encodeFrame(KIND.digest, digest)], SIGN_MS);
    const whole = kind === KIND.signature && payload.length === SIGNATURE_BYTES;
    const signature = whole ? signatureDer(payload) : null;
    if (!signature || !verifySignature(this.spki, message, signature))
      throw new KeylineError('SIGNER_UNREACHABLE', 'the token gave no signature of its key');
    return signature;
  }

  /** Ends the session and its process. */
  async close(): Promise<void> {
    this.#watchers.length = 0;
    this.#state = 'pin-needed';
    await this.#link.close();
  }

  #away(state: SignerState): KeylineError {
    return state === 'unreachable'
      ? new KeylineError('SIGNER_UNREACHABLE', `token ${this.#label} is away`)
      : new KeylineError('SIGNER_LOCKED', `token ${this.#label} waits for its PIN`);
  }

  async #look(): Promise<void> {
    if (this.#state !== 'unreachable' || this.#looking) return;
    this.#looking = true;
    try {
      if ((await this.#isThere()) && this.#state === 'unreachable') this.#become('pin-needed');
    } catch (error) {
      // Not to be seen is what it was before.
      if (!(error instanceof KeylineError)) throw error;
    } finally {
      this.#looking = false;
    }
  }

  #become(state: SignerState): void {
    this.#state = state;
    for (const changed of this.#watchers) changed();
  }
}
