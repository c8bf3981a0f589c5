// The CAs of this station for those who look after them: what each is, and what a security officer may tell it. Each act
// is on record with who did it. Refuses to change the active CA under a line that runs.
import type { CaView, SigningState } from '../contract/signing-api.ts';
import { KeylineError } from '../domain/errors.ts';
import type { Clock, Random } from '../domain/seams.ts';
import { type LeafProfile, lintProfile } from '../pki/profile-lint.ts';
import { caViews, endOf } from './ca-views.ts';
import type { ClaimDesk } from './claim-desk.ts';
import { type Ca, type CaShelf, refuseOtherKey } from './identity/ca-folder.ts';
import { caWarnings } from './identity/ca-warnings.ts';
import type { IssuerSet } from './identity/issuer.ts';
import { lintIssuer } from './identity/lint-issuer.ts';
import { localIssuer } from './identity/local-issuer.ts';
import { openTokenSigner } from './identity/pkcs11/token-signer.ts';
import type { Secret } from './identity/secret.ts';
import type { KeyRing } from './key-ring.ts';
import type { CaNow } from './lots/readiness.ts';
import { activeCa, type CaRow, isSpent } from './records/ca-store.ts';
import type { Recorder } from './records/recorder.ts';

/** Bytes of a test's challenge. */
const NONCE_BYTES = 32;

export interface SigningParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly recorder: Recorder;
  readonly practice: boolean;
  readonly shelf: CaShelf;
  readonly keys: KeyRing;
  readonly claims: ClaimDesk;
  /** The lot that the line runs, or null. */
  readonly runningLot: () => string | null;
  readonly changed: () => void;
}

const HOUR_MS = 3_600_000;
/** Recipes of one station that are looked at in an hour. */
const MAX_FAULTS = 64;

export class SigningDesk {
  /** Verdicts of this hour: a lot is looked at far more often than its profile or the CA change. */
  readonly #faults = new Map<string, string | null>();
  readonly #parts: SigningParts;
  /** One login at a time: two would both count as tries of the token. */
  #trying: Promise<unknown> = Promise.resolve();

  constructor(parts: SigningParts) {
    this.#parts = parts;
  }

  list(): CaView[] {
    const { shelf, recorder, practice, clock } = this.#parts;
    const rows = recorder.store.cas();
    return caViews({ shelf, rows, practice, nowMs: clock.nowMs(), signingOf: (ca) => this.#signingOf(ca) });
  }

  #signingOf({ chain, signer }: Ca): SigningState {
    const { keys } = this.#parts;
    const attendance = keys.attendance(chain.issuerId);
    attendance?.look();
    if (attendance) return attendance.state();
    if (signer.kind === 'pkcs11') return 'pin-needed';
    // Its passphrase was given, and its file did not open.
    return keys.unlocked ? 'unreachable' : 'locked';
  }

  /**
   * Opens the token of one CA. The PIN is borrowed and used once. Throws CA_UNKNOWN, CA_UNFIT for a key in a file,
   * CA_INVALID, and as `openTokenSigner`.
   */
  login(actorId: string, name: string, pin: Secret): Promise<CaView> {
    const tried = this.#trying.then(() => this.#login(actorId, name, pin));
    this.#trying = tried.catch(() => {});
    return tried;
  }

  async #login(actorId: string, name: string, pin: Secret): Promise<CaView> {
    const { keys, clock, random, recorder } = this.#parts;
    const ca = this.#ca(name);
    if (ca.signer.kind !== 'pkcs11') throw new KeylineError('CA_UNFIT', `the key of ${name} is a file`);
    const signer = await openTokenSigner(ca.signer, pin, clock);
    const { issuerId } = ca.chain;
    try {
      refuseOtherKey(ca, signer);
      recorder.commit(actorId, (append) => append('signing-unlocked', { issuerId }));
    } catch (error) {
      await signer.close();
      throw error;
    }
    await keys.add(localIssuer(ca, signer, random));
    return this.#view(name);
  }

  /** Waits for a login that goes on, as long as a token may take. */
  async close(): Promise<void> {
    await this.#trying;
  }

  /** Throws CA_UNKNOWN, SIGNER_LOCKED, SIGNER_UNREACHABLE, SIGNING_TEST. */
  async test(actorId: string, name: string): Promise<{ signMs: number }> {
    const { issuerId } = this.#ca(name).chain;
    return this.#tested(actorId, issuerId);
  }

  async #tested(actorId: string, issuerId: string): Promise<{ signMs: number }> {
    const { keys, clock, random, recorder } = this.#parts;
    const issuer = keys.of(issuerId);
    const startMs = clock.monotonicMs();
    const good = await issuer.test(random.bytes(NONCE_BYTES));
    const signMs = clock.monotonicMs() - startMs;
    recorder.commit(actorId, (append) => append('signing-tested', { issuerId, good }));
    if (!good) throw new KeylineError('SIGNING_TEST', '', { issuerId });
    return { signMs };
  }

  /**
   * Makes it the active one, after a signature that proves its key. The one before signs only what was recorded under
   * it, for ever. Throws LINE_RUNNING, CA_UNKNOWN, CA_UNFIT, CA_ENDED, CA_NOT_YET, SIGNER_LIMIT, SIGNER_LOCKED and as
   * `test`.
   */
  async rotate(actorId: string, name: string): Promise<CaView[]> {
    const { recorder, claims, keys } = this.#parts;
    const ca = this.#ca(name);
    const { issuerId } = ca.chain;
    this.#refuseRotation(ca);
    await this.#tested(actorId, issuerId);
    await claims.keep(issuerId);
    const before = activeCa(recorder.store);
    // What it signed may wait for the service; one that never signed, or whose key is gone, has nothing to claim.
    if (before && (before.signatures > 0 || keys.has(before.issuerId))) await claims.keep(before.issuerId);
    recorder.commit(actorId, (append) => {
      this.#refuseRotation(ca);
      const now = activeCa(recorder.store);
      if (now) recorder.store.setCaRole(now.issuerId, 'retired');
      recorder.store.setCaRole(issuerId, 'active');
      append('ca-rotated', { name, from: now?.issuerId ?? null, to: issuerId });
    });
    this.#parts.changed();
    return this.list();
  }

  #refuseRotation({ name, chain, path }: Ca): void {
    const { recorder, clock, runningLot } = this.#parts;
    const lotId = runningLot();
    if (lotId !== null) throw new KeylineError('LINE_RUNNING', `stop the line of ${lotId} first`);
    const row = recorder.store.ca(chain.issuerId);
    if (row?.role !== 'standby') throw new KeylineError('CA_UNFIT', `${name} is ${row?.role ?? 'not on record'}`);
    const nowMs = clock.nowMs();
    if (nowMs > (endOf(path) ?? nowMs)) throw new KeylineError('CA_ENDED', name);
    if (path.some(({ notBeforeMs }) => nowMs < notBeforeMs)) throw new KeylineError('CA_NOT_YET', name);
    if (isSpent(row)) throw new KeylineError('SIGNER_LIMIT', name);
  }

  /** What a line signs with. Throws SIGNER_LOCKED, CA_MISSING. */
  issuers(): IssuerSet {
    const { keys, shelf } = this.#parts;
    const { chain } = keys.issuer();
    const others = shelf.whole.map((ca) => ca.chain).filter(({ issuerId }) => issuerId !== chain.issuerId);
    return {
      // Another one after its token was logged into again.
      get active() {
        return keys.of(chain.issuerId);
      },
      chains: [chain, ...others],
      of: (issuerId) => keys.of(issuerId),
    };
  }

  /** The active CA's certificates, also while its key is locked; null while there is none, or its folder is away. */
  active(): Ca | null {
    const row = this.#activeRow();
    return this.#parts.shelf.whole.find(({ chain }) => chain.issuerId === row?.issuerId) ?? null;
  }

  #activeRow(): CaRow | null {
    return activeCa(this.#parts.recorder.store);
  }

  /** Why boards of such a recipe cannot be signed for by the active CA; null when they can, or there is none. */
  profileFault(profile: LeafProfile): string | null {
    const ca = this.active();
    if (!ca) return null;
    const nowMs = this.#parts.clock.nowMs();
    const { organization, hardwareType, notAfter } = profile;
    const asked = JSON.stringify([
      ca.chain.issuerId,
      Math.floor(nowMs / HOUR_MS),
      organization,
      hardwareType,
      notAfter,
    ]);
    const known = this.#faults.get(asked);
    if (known !== undefined) return known;
    if (this.#faults.size === MAX_FAULTS) this.#faults.clear();
    const fault = lintProfile(profile, lintIssuer(ca), nowMs).join('; ') || null;
    this.#faults.set(asked, fault);
    return fault;
  }

  /** What a release rests on. */
  now(): CaNow {
    const ca = this.active();
    const { limit, signatures } = this.#activeRow() ?? { limit: null, signatures: 0 };
    const endsMs = ca && endOf(ca.path);
    return {
      ...{ endsMs, left: limit === null ? null : Math.max(limit - signatures, 0) },
      warnings: caWarnings({ endsMs, signatures, limit }, this.#parts.clock.nowMs()),
    };
  }

  #ca(name: string): Ca {
    const { whole, requested } = this.#parts.shelf;
    const ca = whole.find((known) => known.name === name);
    if (ca) return ca;
    if (requested.some((known) => known.name === name))
      throw new KeylineError('CA_UNFIT', `${name} is requested, and its certificate is not here`);
    throw new KeylineError('CA_UNKNOWN', name);
  }

  #view(name: string): CaView {
    const view = this.list().find((known) => known.name === name);
    if (!view) throw new KeylineError('CA_UNKNOWN', name);
    return view;
  }
}
