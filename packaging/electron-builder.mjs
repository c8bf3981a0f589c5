// How the app is packed: one configuration for every system. What ships takes the electron package's own runtime;
// `npm run package` on the development stand-in names another one and its name ends in -ci (scripts/package.mjs).
import { fileURLToPath } from 'node:url';

/** Packing for another system than this one is not done: its Node 24 is not here. */
const SYSTEM = `${process.platform}-${process.arch}`;

/** Its one binary for macOS is for both processors. */
const SERIAL_SYSTEM = process.platform === 'darwin' ? 'darwin-x64+arm64' : SYSTEM;

const root = fileURLToPath(new URL('..', import.meta.url));

export default {
  appId: 'io.github.keyline.station',
  productName: 'Keyline',
  copyright: 'Apache-2.0',
  directories: { app: root, output: 'release' },
  // Electron finds main by it; the rest of package.json is for development.
  extraMetadata: { main: 'dist/main/main.js' },
  files: [
    'dist/**',
    'package.json',
    'LICENSE',
    // Of native code the prebuilt files of the system that is packed for, and no sources.
    '!**/node_modules/better-sqlite3/{deps,src,binding.gyp}',
    `!**/node_modules/better-sqlite3/prebuilds/!(${SYSTEM}.node)`,
    `!**/node_modules/@serialport/bindings-cpp/prebuilds/!(${SERIAL_SYSTEM})/**`,
    '!**/node_modules/pkcs11js/{src,includes,binding.gyp}',
    '!**/node_modules/pkcs11js/build/!(Release)',
    '!**/node_modules/pkcs11js/build/Release/!(pkcs11.node)',
    '!**/*.musl.node',
  ],
  asar: true,
  // Plain Node reads no archive, and no system loads native code from one.
  asarUnpack: ['dist/station/**', '**/node_modules/**'],
  // For the practice bench, and for the station where Electron's own Node is too old (ADR 9).
  extraResources: [{ from: 'node_modules/node/bin', to: 'node' }],
  npmRebuild: false,
  publish: null,
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    // macOS and Windows hold the archive against its digest; Linux has no such check and takes no notice.
    enableEmbeddedAsarIntegrityValidation: true,
    grantFileProtocolExtraPrivileges: false,
    // There are no cookies: this would only make macOS ask for its keychain.
    enableCookieEncryption: false,
    loadBrowserProcessSpecificV8Snapshot: false,
  },
  // Its installers are made of the folder by scripts/installers.mjs.
  linux: { target: ['dir'], category: 'Utility', executableName: 'keyline', maintainer: 'Keyline' },
  win: { target: ['nsis'] },
  // For all people of the computer; records stay where they are when the program goes.
  nsis: {
    oneClick: false,
    perMachine: true,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
  mac: { target: ['dmg'], category: 'public.app-category.developer-tools', hardenedRuntime: true },
  dmg: { writeUpdateInfo: false },
};
