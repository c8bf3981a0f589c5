// What the station may ask of a device of any family. Nothing of a wire protocol shows above this file.
// Every call ends: with its answer, or with a KeylineError whose code stands in the table of errors.
import type { Life } from '../../domain/job.ts';

/** Firmware as the device reports it: declared, not proved. Hashes are 64 hex digits. */
export interface FirmwareReading {
  /** Image hash of what runs now; null when the device does not say. */
  readonly activeHash: string | null;
  /** False while the image that runs would be left at the next restart. */
  readonly confirmed: boolean;
}

/** A device that speaks, but has no identity group yet: takes the firmware stage first. */
export interface BareBoard {
  readonly kind: 'bare';
  readonly firmware: FirmwareReading;
}

/** A device as it describes itself. */
export interface IdentityBoard {
  readonly kind: 'identity';
  readonly hwid: string;
  readonly model: string;
  readonly revision: string;
  readonly firmwareVersion: string;
  readonly firmware: FirmwareReading;
  readonly life: Life;
  /** A lock was begun and is not finished. */
  readonly locking: boolean;
  readonly canGenerate: boolean;
  readonly canInject: boolean;
  /** It opens what is sealed with a factory secret, and nothing else. */
  readonly takesPsk: boolean;
  readonly canAttest: boolean;
  readonly debugOpen: boolean;
  readonly deviceSerial: string | null;
  readonly spkiSha256: string | null;
  readonly leafSha256: string | null;
  readonly simulated: boolean;
}

export type Board = BareBoard | IdentityBoard;

export type IdentityItem = 'chain' | 'anchor' | 'leaf';

export interface FirmwareFile {
  readonly bytes: Uint8Array;
  /** Of the file, 64 hex digits. */
  readonly sha256: string;
  /** MCUboot's image hash, 64 hex digits. */
  readonly imageHash: string;
}

/** The whole state of an identity, as signed by the device. Digests are 64 hex digits. */
export interface Proof {
  readonly hwid: string;
  readonly life: Life;
  readonly debugOpen: boolean;
  readonly firmwareHash: string;
  readonly spkiSha256: string;
  readonly leafSha256: string | null;
  readonly chainSha256: string | null;
  readonly anchorSha256: string | null;
  /** SHA-256 over the signed message and the signature: what the record keeps. */
  readonly transcriptSha256: string;
}

/** A board that waits for a key, and all that the sealed key is bound to (HPKE, RFC 9180). */
export interface InjectionSession {
  /** The board's ephemeral public key, an uncompressed P-256 point of 65 bytes. */
  readonly recipient: Uint8Array;
  /** The board's own nonce, 32 hex digits. */
  readonly deviceNonce: string;
  readonly info: Uint8Array;
  readonly aad: Uint8Array;
  /** In PSK mode: the PSK's id, and HKDF's `info` when it is made of the factory secret. */
  readonly pskId: Uint8Array;
  readonly pskInfo: Uint8Array;
}

/** A sealed private key: opaque to all but the board. In memory only, for one sending. */
export interface SealedMessage {
  /** 65 bytes. */
  readonly enc: Uint8Array;
  /** 48 bytes. */
  readonly ct: Uint8Array;
}

/** `no-session`: the board has forgotten its session. `stale`: it holds another key than the session was opened over. */
export type InjectionEnd = { readonly spkiSha256: string } | 'no-session' | 'stale';

export interface DeviceDriver {
  /**
   * Believes the port only after an echo of a fresh random token; then reads parameters, firmware and status.
   * Throws NO_ANSWER, NOT_A_BOARD, PROTOCOL_VIOLATION, PULLED_OUT.
   */
  identify(): Promise<Board>;
  /** Uploads, always going on from the device's offset, and marks the image to be tried at the next restart. Throws FIRMWARE_STOPPED, FIRMWARE_DIFFERS. */
  loadFirmware(file: FirmwareFile, onProgress: (share: number) => void): Promise<void>;
  /** Makes the image that runs now the permanent one. */
  confirmFirmware(imageHash: string): Promise<void>;
  /** Restarts the device, waits until it answers, identifies it anew. */
  restart(): Promise<Board>;
  /**
   * Has the device make a P-256 key. The same nonce gives the same key. `was` names the key to discard.
   * `stale` means that the device holds another key than `was` says. Throws KEY_NOT_MADE, WEAK_ENTROPY, DEVICE_SWAPPED.
   */
  makeKey(order: { hwid: string; nonce: Uint8Array; was: string | null }): Promise<{ spki: Uint8Array } | 'stale'>;
  /** Has the device wait for a key; the session lives in its RAM. `was` and `stale` as in `makeKey`. */
  openInjection(order: {
    hwid: string;
    nonce: Uint8Array;
    stationId: string;
    was: string | null;
  }): Promise<InjectionSession | 'stale'>;
  /**
   * Sends the sealed key; after any other end than these, read the status first. Throws KEY_REFUSED when it does not
   * open, KEY_REJECTED when it holds no key, DEVICE_SWAPPED.
   */
  injectKey(hwid: string, message: SealedMessage): Promise<InjectionEnd>;
  /** The device's PKCS#10 request, DER, unchecked. */
  readRequest(deviceSerial: string): Promise<Uint8Array>;
  /** A live proof over the whole state with a fresh nonce, its signature checked against `spki` (DER). Throws PROOF_FAILED. */
  prove(spki: Uint8Array): Promise<Proof>;
  /** Writes the item and reads it back. Throws CERTIFICATE_REFUSED, KEY_MISMATCH, DEVICE_SWAPPED. */
  install(hwid: string, item: IdentityItem, content: Uint8Array): Promise<void>;
  /** The item's bytes, or null when it is absent. */
  readItem(item: IdentityItem): Promise<Uint8Array | null>;
  /** What a lock would burn, in the device's own words. */
  readLockPlan(): Promise<readonly string[]>;
  /**
   * Sent once, never repeated by the driver: after any other end than these, read the status first.
   * `pending`: the device finishes at its next restart. Throws LOCK_FAILED, LEAF_MISMATCH, DEVICE_SWAPPED.
   */
  lock(order: {
    hwid: string;
    deviceSerial: string;
    leafSha256: string;
    debug: boolean;
  }): Promise<'locked' | 'pending'>;
  /** Of the groups that could read the store (3 settings, 8 files, 9 shell), those that still answer. */
  openGroups(): Promise<readonly number[]>;
  close(): Promise<void>;
}
