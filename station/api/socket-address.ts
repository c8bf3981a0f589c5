// Where a data folder's socket is: `socket` in the folder itself. A UNIX address holds about 100 bytes, so for a
// longer path the socket stands in a private folder of the system's temporary folder and `socket` is a link to it.
import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, readlinkSync, rmdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { KeylineError } from '../../domain/errors.ts';

/** sun_path holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const MAX_ADDRESS_BYTES = 100;
/** Name of a socket in its private folder. */
const SOCKET = 'socket';
/** First letters of that folder's name. */
const PRIVATE_FOLDER = 'keyline-';

export interface SocketPlace {
  /** The path `socket` of the data folder. */
  readonly path: string;
  readonly platform: NodeJS.Platform;
}

/** Address that a client connects to; null when no station ever served this folder, or its socket is another user's. */
export function socketAddress({ path, platform }: SocketPlace): string | null {
  if (platform === 'win32') return pipeName(path);
  const stands = lstatSync(path, { throwIfNoEntry: false });
  if (!stands) return null;
  if (!stands.isSymbolicLink()) return path;
  const address = readlinkSync(path);
  // A temporary folder that the system cleaned away could be made again by anybody.
  const folder = lstatSync(dirname(address), { throwIfNoEntry: false });
  return folder?.uid === stands.uid ? address : null;
}

/** Removes what an earlier holder left and gives the address to listen on. Only for the holder of the folder's lock. */
export function freshAddress({ path, platform }: SocketPlace): string {
  if (platform === 'win32') return pipeName(path);
  dropAddress({ path, platform });
  if (Buffer.byteLength(path) <= MAX_ADDRESS_BYTES) return path;
  const address = join(mkdtempSync(join(tmpdir(), PRIVATE_FOLDER)), SOCKET);
  if (Buffer.byteLength(address) > MAX_ADDRESS_BYTES)
    throw new KeylineError('DATA_FOLDER_UNUSABLE', 'its path is too long for a socket');
  symlinkSync(address, path);
  return address;
}

/** Removes the socket, its link and its private folder. Only for the holder of the folder's lock. */
export function dropAddress({ path, platform }: SocketPlace): void {
  if (platform === 'win32') return;
  const stands = lstatSync(path, { throwIfNoEntry: false });
  if (!stands) return;
  if (stands.isSymbolicLink()) dropPrivateFolder(readlinkSync(path), stands.uid);
  rmSync(path, { force: true });
}

/** A link may come from anywhere, as with a folder that was copied: only a socket alone in a folder like ours is removed. */
function dropPrivateFolder(address: string, owner: number): void {
  const folder = dirname(address);
  if (basename(address) !== SOCKET || !basename(folder).startsWith(PRIVATE_FOLDER)) return;
  const stands = lstatSync(folder, { throwIfNoEntry: false });
  if (!stands?.isDirectory() || stands.uid !== owner) return;
  const names = readdirSync(folder);
  if (names.some((name) => name !== SOCKET)) return;
  if (names.length > 0 && !lstatSync(address).isSocket()) return;
  rmSync(address, { force: true });
  rmdirSync(folder);
}

/** Windows has one name space for pipes: the digest keeps two data folders apart. */
function pipeName(path: string): string {
  const digest = createHash('sha256').update(path.toLowerCase()).digest('hex').slice(0, 32);
  return `\\\\.\\pipe\\keyline-${digest}`;
}
