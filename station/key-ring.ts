// The keys that a station works with: open from the start, or once, when a security officer gives their passphrase. The
// station is not built anew for them, so that a line and its screens stay as they are.
import { KeylineError } from '../domain/errors.ts';
import type { StationFacts } from '../domain/station-event.ts';
import type { Issuer } from './identity/issuer.ts';
import type { Secret } from './identity/secret.ts';
import { awayCode } from './identity/signer.ts';
import type { LockedKeys, OpenKeys } from './station-parts.ts';

export class KeyRing {
  readonly #locked: LockedKeys | null;
  #open: OpenKeys;
  /** One passphrase is tried at a time. */
  #trying: Promise<unknown> = Promise.resolve();
  #unlocked = false;

  constructor(open: OpenKeys, locked: LockedKeys | null) {
    this.#open = open;
    this.#locked = locked;
  }

  /** The signing CA: none, waiting for its passphrase or its token's PIN, or ready. */
  get signing(): StationFacts['signing'] {
    const { issuer } = this.#open;
    if (issuer) return issuer.attendance.state() === 'ready' ? 'ready' : 'pin-needed';
    return this.#locked?.hasCa && !this.#unlocked ? 'locked' : 'none';
  }

  get open(): OpenKeys {
    return this.#open;
  }

  /** Throws SIGNER_LOCKED, SIGNER_UNREACHABLE, CA_MISSING. */
  issuer(): Issuer {
    const { issuer } = this.#open;
    const away = issuer && awayCode(issuer.attendance);
    if (away) throw new KeylineError(away);
    if (issuer) return issuer;
    throw new KeylineError(this.signing === 'locked' ? 'SIGNER_LOCKED' : 'CA_MISSING');
  }

  /**
   * True when the keys were opened by this call, false when they are open already. `record` writes down that they are,
   * before anything can be signed with them. Throws CA_MISSING where nothing is locked, what `record` throws, and as the
   * keys' own opening does, PASSPHRASE_WRONG above all: then nothing has changed.
   */
  unlock(passphrase: Secret, record: (open: OpenKeys) => void): Promise<boolean> {
    const tried = this.#trying.then(() => this.#try(passphrase, record));
    this.#trying = tried.catch(() => {});
    return tried;
  }

  async #try(passphrase: Secret, record: (open: OpenKeys) => void): Promise<boolean> {
    if (this.#unlocked || this.#open.issuer) return false;
    if (!this.#locked) throw new KeylineError('CA_MISSING');
    const open = await this.#locked.open(passphrase);
    record(open);
    this.#open = open;
    this.#unlocked = true;
    return true;
  }
}
