// Which file systems may hold records: local ones. Over a network SQLite's locks and its shared memory are not
// reliable, so a data folder there is refused (CERTAINTY.md, "Space, lock, crash"). Pure.

/** Magic numbers of statfs(2) on Linux, from linux/magic.h and the sources of the file systems outside the kernel. */
const NETWORK_TYPES: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'CIFS',
  4266872130: 'SMB 2',
  1397113167: 'AFS',
  1799439955: 'AFS',
  1937076805: 'Coda',
  22092: 'NCP',
  12805120: 'Ceph',
  198183888: 'Lustre',
};

/**
 * Name of the network file system that a statfs type stands for, or null for a local one. Only Linux gives types that
 * mean something: elsewhere the answer is null. A FUSE mount is null too, for it does not say what stands behind it.
 */
export function networkFileSystem(platform: NodeJS.Platform, type: number): string | null {
  if (platform !== 'linux') return null;
  // f_type is a signed word of 32 or 64 bits: the high magic numbers arrive sign-extended on some machines.
  return NETWORK_TYPES[type >>> 0] ?? null;
}

/** True for `\\server\share` on Windows; a drive letter mapped to a share cannot be told from its path. */
export function isUncPath(platform: NodeJS.Platform, path: string): boolean {
  return platform === 'win32' && /^[\\/]{2}(?![.?][\\/])/.test(path);
}
