// Firmware images that lots refer to, kept in the data folder by their SHA-256.

export interface LotFiles {
  /** Keeps a copy, durable before it returns; one that has rotted is replaced. `sha256` is 64 hex digits. Throws DISK_FULL. */
  keepFirmware(sha256: string, bytes: Uint8Array): void;
  /** The copy, or null where it is missing. What it holds must be checked by who uses it. */
  firmware(sha256: string): Uint8Array | null;
  /** Keeps the recipe as released, for people; the lot's row holds the text that counts. Throws DISK_FULL. */
  keepRecipe(sha256: string, text: string): void;
  /** One that is still what was kept, or null. */
  recipe(sha256: string): KeptRecipe | null;
  /** Those that are still what was kept, the newest first. */
  recipes(): readonly KeptRecipe[];
}

export interface KeptRecipe {
  readonly sha256: string;
  /** Canonical JSON. */
  readonly text: string;
}
