import { expect, test } from 'vitest';
import { isUncPath, networkFileSystem } from './file-system.ts';

test.each([
  ['linux', 0x6969, 'NFS'],
  ['linux', 0x517b, 'SMB'],
  ['linux', 0xff534d42, 'CIFS'],
  ['linux', 0xfe534d42, 'SMB 2'],
  ['linux', 0xff534d42 - 2 ** 32, 'CIFS'],
  ['linux', 0xfe534d42 - 2 ** 32, 'SMB 2'],
  ['linux', 0x5346414f, 'AFS'],
  ['linux', 0x6b414653, 'AFS'],
  ['linux', 0x73757245, 'Coda'],
  ['linux', 0x564c, 'NCP'],
  ['linux', 0x00c36400, 'Ceph'],
  ['linux', 0x0bd00bd0, 'Lustre'],
  ['linux', 0xef53, null],
  ['linux', 0x9123683e, null],
  ['linux', 0x01021994, null],
  ['linux', 0x794c7630, null],
  ['linux', 0x65735546, null],
  ['darwin', 0x6969, null],
  ['win32', 0, null],
] as const)('on %s a file system of type %d is %s', (platform, type, name) => {
  expect(networkFileSystem(platform, type)).toBe(name);
});

test.each([
  ['win32', '\\\\server\\share', true],
  ['win32', '//server/share', true],
  ['win32', '\\\\?\\C:\\keyline', false],
  ['win32', 'C:\\keyline', false],
  ['linux', '//server/share', false],
] as const)('on %s the path %s names a share: %s', (platform, path, share) => {
  expect(isUncPath(platform, path)).toBe(share);
});
