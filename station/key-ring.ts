// The keys that a station works with: open from the start, or once, when a security officer gives their passphrase or a
// token's PIN. The station is not built anew for them, so that a line and its screens stay as they are.
import { KeylineError } from '../domain/errors.ts';
import type { StationFacts } from '../domain/station-event.ts';
import type { Issuer } from './identity/issuer.ts';
import type { Secret } from './identity/secret.ts';
import { type Attendance, awayCode } from './identity/signer.ts';
import type { LockedKeys, OpenKeys } from './station-parts.ts';

export interface KeyRingParts {
  /** issuerId of the CA that new certificates are signed with; null while there is none. */
  readonly activeId: () => string | null;
  /** Whether that CA's key lies in a token. */
  readonly inToken: (issuerId: string) => boolean;
  /** A token went away, came back or was logged into. */
  readonly changed: () => void;
}

export class KeyRing {
  readonly #locked: LockedKeys | null;
  readonly #parts: KeyRingParts;
  readonly #issuers = new Map<string, Issuer>();
  #open: OpenKeys;
  /** One passphrase is tried at a time. */
  #trying: Promise<unknown> = Promise.resolve();
  #unlocked = false;
  #closed = false;

  constructor(open: OpenKeys, locked: LockedKeys | null, parts: KeyRingParts) {
    this.#open = open;
    this.#locked = locked;
    this.#parts = parts;
    this.#take(open.issuers);
  }

  /** The signing CA: none, waiting for its passphrase or its token's PIN, or ready. */
  get signing(): StationFacts['signing'] {
    const activeId = this.#parts.activeId();
    if (activeId === null) return 'none';
    const issuer = this.#issuers.get(activeId);
    if (issuer) return issuer.attendance.state() === 'ready' ? 'ready' : 'pin-needed';
    return this.#parts.inToken(activeId) ? 'pin-needed' : 'locked';
  }

  get open(): OpenKeys {
    return this.#open;
  }

  /** Nothing waits for the passphrase any more. */
  get unlocked(): boolean {
    return this.#unlocked || this.#locked === null;
  }

  /** Of the active CA. Throws SIGNER_LOCKED, SIGNER_UNREACHABLE, CA_MISSING. */
  issuer(): Issuer {
    const activeId = this.#parts.activeId();
    if (activeId === null) throw new KeylineError('CA_MISSING');
    const issuer = this.of(activeId);
    const away = awayCode(issuer.attendance);
    if (away) throw new KeylineError(away);
    return issuer;
  }

  /** Also one whose token is away: it says so when it is to sign. Throws SIGNER_LOCKED. */
  of(issuerId: string): Issuer {
    const issuer = this.#issuers.get(issuerId);
    if (!issuer) throw new KeylineError('SIGNER_LOCKED');
    return issuer;
  }

  /** Whether it could sign now. */
  has(issuerId: string): boolean {
    return this.#issuers.get(issuerId)?.attendance.state() === 'ready';
  }

  /** Of a key that was opened; null for one that never was. */
  attendance(issuerId: string): Attendance | null {
    return this.#issuers.get(issuerId)?.attendance ?? null;
  }

  /** One whose token was opened; the one before it of the same CA is let go of. Throws STATION_GONE behind `close`. */
  async add(issuer: Issuer): Promise<void> {
    if (this.#closed) {
      await issuer.close();
      throw new KeylineError('STATION_GONE');
    }
    const before = this.#issuers.get(issuer.chain.issuerId);
    this.#take([issuer]);
    this.#parts.changed();
    await before?.close();
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
    if (this.#unlocked) return false;
    if (!this.#locked) {
      if (this.#issuers.size > 0) return false;
      throw new KeylineError('CA_MISSING');
    }
    const open = await this.#locked.open(passphrase);
    record(open);
    this.#open = open;
    this.#take(open.issuers);
    this.#unlocked = true;
    return true;
  }

  #take(issuers: readonly Issuer[]): void {
    for (const issuer of issuers) {
      this.#issuers.set(issuer.chain.issuerId, issuer);
      issuer.attendance.watch(this.#parts.changed);
    }
  }

  /** What is being opened is waited for, and let go of too. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#trying;
    const issuers = [...this.#issuers.values()];
    this.#issuers.clear();
    await Promise.all(issuers.map((issuer) => issuer.close()));
  }
}
