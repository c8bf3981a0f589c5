// A byte channel to whatever sits in a slot, and where such channels come from. Says nothing about what the bytes mean.

export interface BytePort {
  /** Path or address, for people. */
  readonly path: string;
  /** Settles when the bytes were handed to the system. Throws KeylineError PULLED_OUT when the port is gone or stuck. */
  write(bytes: Uint8Array): Promise<void>;
  /** One listener at a time; bytes that arrive without one are dropped. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Settles once the channel is gone, whoever closed it. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** A place where a board can be: bound to a physical position, never to a port's name. */
export interface PortSpot {
  /** Stable name of the physical position: USB path, link name or address. Slots are bound to this. */
  readonly position: string;
  /** What to open now, for people. */
  readonly path: string;
}

export interface PortSource {
  /** Positions that are occupied now, in a stable order. */
  list(): Promise<readonly PortSpot[]>;
  /** Calls `changed` (without order or count guarantees) whenever `list` may answer differently; the answer stops it. */
  watch(changed: () => void): () => void;
  /**
   * Opens the channel. Throws KeylineError PORT_BUSY (another program holds it), PORT_FORBIDDEN (no rights),
   * PULLED_OUT (nothing there).
   */
  open(spot: PortSpot): Promise<BytePort>;
}
