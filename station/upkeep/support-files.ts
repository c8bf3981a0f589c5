// What a file for support is made of beside the records; the composition root hands it in.

export interface SupportFiles {
  /** Versions and platform, no names and no paths. */
  readonly about: Readonly<Record<string, string>>;
  /** ISO 8601 with milliseconds and Z. */
  utcText(timeMs: number): string;
  /** The end of each log, redacted. */
  logTails(): readonly { readonly name: string; readonly text: string }[];
  /** Writes a new file into the folder, null: the data folder's own; its path. Throws FILE_UNWRITABLE. */
  write(dir: string | null, name: string, bytes: Uint8Array): string;
}
