// The signer of a CA whose key lies in a token, for as long as the station runs: the token may be pulled out, come back
// and be logged into again, and what asks for signatures need not know. The PIN is not kept, so a token that was away
// takes a person; whether it is back is looked at without it.
import { sameBytes } from '../../../domain/bytes.ts';
import { KeylineError } from '../../../domain/errors.ts';
import type { Clock } from '../../../domain/seams.ts';
import type { Secret } from '../secret.ts';
import type { Attendance, Signer, SignerState } from '../signer.ts';
import type { TokenKeyRef } from './token-key-ref.ts';
import type { TokenProgram } from './token-link.ts';
import { listTokens, openTokenSigner, type TokenSigner } from './token-signer.ts';

export class TokenSeat implements Signer {
  readonly spki: Uint8Array;
  readonly ref: TokenKeyRef;
  readonly attendance: Attendance;
  readonly #clock: Clock;
  readonly #program: TokenProgram | undefined;
  readonly #watchers: (() => void)[] = [];
  #state: SignerState = 'pin-needed';
  #signer: TokenSigner | null = null;
  #looking = false;
  #closed = false;
  /** One login at a time: two would both count as tries. */
  #turn: Promise<unknown> = Promise.resolve();

  /** `spki`: of the CA's certificate, DER; a token with another key is refused. */
  constructor(ref: TokenKeyRef, spki: Uint8Array, clock: Clock, program?: TokenProgram) {
    this.ref = ref;
    this.spki = spki;
    this.#clock = clock;
    this.#program = program;
    this.attendance = {
      state: () => this.#state,
      look: () => void this.#look(),
      watch: (changed) => void this.#watchers.push(changed),
    };
  }

  /**
   * Logs in, also where that was done before: then the session before ends. `record` writes down that it is open,
   * before anything is signed with it; where it throws, it stays as it was. Throws as `openTokenSigner`, and
   * TOKEN_KEY_REFUSED for another key.
   */
  login(pin: Secret, record: () => void = () => {}): Promise<void> {
    const tried = this.#turn.then(() => this.#login(pin, record));
    this.#turn = tried.catch(() => {});
    return tried;
  }

  async #login(pin: Secret, record: () => void): Promise<void> {
    const signer = await openTokenSigner(this.ref, pin, this.#clock, this.#program);
    try {
      if (this.#closed) throw new KeylineError('SIGNER_UNREACHABLE', 'the station ends');
      if (!sameBytes(signer.spki, this.spki))
        throw new KeylineError('TOKEN_KEY_REFUSED', "it is not the key of the CA's certificate");
      record();
    } catch (error) {
      await signer.close();
      throw error;
    }
    const before = this.#signer;
    this.#signer = signer;
    this.#become('ready');
    await before?.close();
  }

  async sign(message: Uint8Array): Promise<Uint8Array> {
    const signer = this.#signer;
    if (!signer) throw this.#away();
    try {
      return await signer.sign(message);
    } catch (error) {
      await this.#lose(signer, error);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#turn;
    const signer = this.#signer;
    this.#signer = null;
    await signer?.close();
  }

  /** Whatever went wrong, this session is over: it is not asked again. */
  async #lose(signer: TokenSigner, error: unknown): Promise<void> {
    if (this.#signer !== signer) return;
    this.#signer = null;
    const loggedOut = error instanceof KeylineError && error.code === 'SIGNER_LOCKED';
    this.#become(loggedOut ? 'pin-needed' : 'unreachable');
    await signer.close();
  }

  #away(): KeylineError {
    return this.#state === 'unreachable'
      ? new KeylineError('SIGNER_UNREACHABLE', `token ${this.ref.tokenLabel} is away`)
      : new KeylineError('SIGNER_LOCKED', `token ${this.ref.tokenLabel} waits for its PIN`);
  }

  async #look(): Promise<void> {
    if (this.#state !== 'unreachable' || this.#looking || this.#closed) return;
    this.#looking = true;
    try {
      const tokens = await listTokens(this.ref.module, this.#clock, this.#program);
      const back = tokens.some(({ label, ready }) => label === this.ref.tokenLabel && ready);
      if (back && this.#state === 'unreachable') this.#become('pin-needed');
    } catch (error) {
      // Not to be seen is what it was before.
      if (!(error instanceof KeylineError)) throw error;
    } finally {
      this.#looking = false;
    }
  }

  #become(state: SignerState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const changed of this.#watchers) changed();
  }
}
