// The memory of one virtual device: what it keeps (committed as a whole) and what a restart takes from it.
import { createHash, createPrivateKey, type ECDH, type KeyObject, sign } from 'node:crypto';
import { fromHex } from '../domain/bytes.ts';
import { assert } from '../domain/errors.ts';
import type { IdentityItemName } from '../protocol/identity-group.ts';
import { SMP_HEADER_BYTES } from '../protocol/smp-header.ts';
import { type DeviceDescription, type DeviceRecord, newDeviceRecord } from './device-record.ts';
import type { DeviceRequest } from './device-request.ts';
import type { DeviceStore } from './device-store.ts';
import type { Reply } from './reply.ts';

/** Thrown by `commit` when a fault cuts the power right after it; caught where requests come in and nowhere else. */
export class PowerCut extends Error {}

export interface DeviceTraits {
  /** Bytes of the reassembly buffer; a message has at most 4 less, in both directions. */
  bufSize: number;
  /** Requests that the device holds. */
  bufCount: number;
  /** A device that burns during its boot only: lock answers "pending". */
  locksAtRestart: boolean;
  /** Whether it makes keys, and whether it takes them. */
  generates: boolean;
  takesKeys: boolean;
  /** Its own PSK, 32 bytes: it opens messages in PSK mode only. Null: in base mode only. */
  psk: Uint8Array | null;
}

/** The buffers of a Zephyr agent that was built for provisioning. */
const USUAL_TRAITS: Readonly<DeviceTraits> = {
  bufSize: 1024,
  bufCount: 4,
  locksAtRestart: false,
  generates: true,
  takesKeys: true,
  psk: null,
};

export interface Transfer {
  readonly sha256: string;
  readonly content: Uint8Array;
  received: number;
}

/** An open injection: the ephemeral key and all that its message is bound to. */
export interface InjectionSession {
  readonly recipient: ECDH;
  readonly station: string;
  readonly nonce: Uint8Array;
  readonly dn: Uint8Array;
  readonly was: Uint8Array | undefined;
}

/** What a restart takes. */
interface Volatile {
  session: InjectionSession | null;
  injecting: { readonly content: Uint8Array; received: number } | null;
  request: { readonly deviceSerial: string; readonly der: Uint8Array } | null;
  staging: (Transfer & { readonly item: IdentityItemName }) | null;
  upload: Transfer | null;
}

/** The 4 bytes that framing takes from the buffer: length and checksum (docs/device-protocol.md 2.6). */
const FRAMING_BYTES = 4;
/** Head of a byte string below 64 KB: what it may grow by when it is filled. */
const STRING_HEAD_GROWTH = 2;

/** Where a fault can reach into a device. A device without hooks is a healthy one. */
export interface DeviceHooks {
  /** Before the device acts. `ignore` loses the request; a reply is given instead of acting. */
  onRequest?(request: DeviceRequest, state: DeviceState): 'serve' | 'ignore' | Reply;
  /** After the device acted, before the answer leaves. */
  onReply?(request: DeviceRequest, reply: Reply, state: DeviceState): Reply;
  /** Milliseconds that the device takes for this answer. */
  delayMs?(request: DeviceRequest): number;
  /** Right after a commit: true cuts the power at this very point. */
  cutsAfter?(before: DeviceRecord, after: DeviceRecord): boolean;
  /** Whether a burnt fuse reads burnt. */
  holds?(fuse: keyof DeviceRecord['fuses']): boolean;
  /** At each start, after the boot loader chose the image and a begun lock was finished. */
  onRestart?(state: DeviceState): void;
  /** Bytes on their way to the device; what is returned arrives. */
  onInput?(bytes: Uint8Array): Uint8Array;
  /** One answer's frames on their way to the station; what is returned is sent. */
  onOutput?(bytes: Uint8Array): Uint8Array;
  /** Pushed into a slot with what it kept from before. */
  onInsert?(record: DeviceRecord): void;
  /** Bytes after which `onBytes` fires, counted over both directions since the device was made. */
  readonly bytesUntil?: number;
  onBytes?(): void;
}

export class DeviceState {
  readonly hooks: DeviceHooks;
  readonly traits: DeviceTraits;
  volatile: Volatile = nothingVolatile();
  /** Times that someone asked which board this is. */
  blinks = 0;
  readonly #store: DeviceStore;
  #record: DeviceRecord;
  #key: { readonly pkcs8: string; readonly object: KeyObject } | null = null;

  constructor(
    description: DeviceDescription,
    store: DeviceStore,
    traits: Partial<DeviceTraits> = {},
    hooks: DeviceHooks = {},
  ) {
    this.#store = store;
    this.hooks = hooks;
    this.traits = { ...USUAL_TRAITS, ...traits };
    const kept = store.load();
    this.#record = kept ?? newDeviceRecord(description);
    if (kept === null) store.commit(this.#record);
  }

  get record(): DeviceRecord {
    return this.#record;
  }

  /** A lock was begun and is not finished. */
  get locking(): boolean {
    return this.#record.life === 'enrolled' && this.#record.lock !== null;
  }

  /** Largest SMP message, bytes. */
  get messageBytes(): number {
    return this.traits.bufSize - FRAMING_BYTES;
  }

  commit(change: Partial<DeviceRecord>): void {
    const before = this.#record;
    const after = { ...before, ...change };
    this.#store.commit(after);
    this.#record = after;
    if (this.hooks.cutsAfter?.(before, after)) throw new PowerCut();
  }

  /** DER of the item, or null. */
  item(name: IdentityItemName): Uint8Array | null {
    return bytesOf(this.#record.items[name]);
  }

  /** SubjectPublicKeyInfo, DER, or null. */
  get spki(): Uint8Array | null {
    return bytesOf(this.#record.key?.spki ?? null);
  }

  /** ECDSA-SHA256 by the device's own key, DER. There must be one. */
  sign(message: Uint8Array): Uint8Array {
    return sign('sha256', message, this.privateKey());
  }

  /** For the device's own use: signatures and its TLS client. */
  privateKey(): KeyObject {
    const pkcs8 = this.#record.key?.pkcs8;
    assert(pkcs8 !== undefined, 'a key is used only where there is one');
    if (this.#key?.pkcs8 !== pkcs8) {
      this.#key = {
        pkcs8,
        object: createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' }),
      };
    }
    return this.#key.object;
  }

  get hwidBytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(fromHex(this.#record.hwid));
  }

  /** As much of `content` from `offset` on as fits an answer whose other fields take `otherBytes` of CBOR. */
  chunk(content: Uint8Array, offset: number, otherBytes: number): Uint8Array {
    const room = this.messageBytes - SMP_HEADER_BYTES - otherBytes - STRING_HEAD_GROWTH;
    return content.subarray(offset, offset + Math.max(0, room));
  }
}

/** Memory after a restart. */
export function nothingVolatile(): Volatile {
  return { session: null, injecting: null, request: null, staging: null, upload: null };
}

function bytesOf(base64: string | null): Uint8Array | null {
  return base64 === null ? null : new Uint8Array(Buffer.from(base64, 'base64'));
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

export function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
