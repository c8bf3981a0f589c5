// The computer's own keyring (Secret Service, Keychain, Credential Manager), where a person may keep a passphrase or a
// PIN. Nothing is put there by itself. On Linux the Secret Service alone is asked, never the kernel's keyring, which
// forgets at the next start and asks nobody.
import { KeylineError } from '../domain/errors.ts';
import { Secret, secretBytes } from '../station/identity/secret.ts';

const SERVICE = 'io.github.keyline';

export interface Keyring {
  /** Throws KEYRING_EMPTY, KEYRING_UNUSABLE. */
  read(name: string): Promise<Secret>;
  /** Replaces what stands there under that name. Throws KEYRING_UNUSABLE. */
  store(name: string, secret: Secret): Promise<void>;
  /** Whether there was one. Throws KEYRING_UNUSABLE. */
  forget(name: string): Promise<boolean>;
}

/** Name of what opens the keys of a data folder. */
export function passphraseName(dataDir: string): string {
  return `passphrase of ${dataDir}`;
}

/** Name of what opens a token, whichever folder uses it. */
export function pinName(tokenLabel: string): string {
  return `PIN of token ${tokenLabel}`;
}

/** The program's part for it is an optional package: without it each call throws KEYRING_UNUSABLE. */
export const systemKeyring: Keyring = {
  async read(name) {
    const found = await asked(name, (entry) => entry.getSecret());
    if (found === null) throw new KeylineError('KEYRING_EMPTY', name);
    const bytes = secretBytes(found.length);
    bytes.set(found);
    found.fill(0);
    return new Secret(bytes);
  },
  store: (name, secret) => asked(name, (entry) => entry.setSecret(secret.bytes)),
  forget: (name) => asked(name, (entry) => entry.deleteCredential()),
};

type Entry = import('@napi-rs/keyring').AsyncEntry;

/** A keyring that is locked asks the person itself, in a window of its own; how long that takes is theirs. */
async function asked<T>(name: string, ask: (entry: Entry) => Promise<T>): Promise<T> {
  try {
    const { AsyncEntry } = await import('@napi-rs/keyring');
    return await ask(new AsyncEntry(SERVICE, name, { linux: { store: 'secret-service' } }));
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
    throw new KeylineError('KEYRING_UNUSABLE', missing ? 'Keyline was set up without it' : firstLine(cause), {}, cause);
  }
}

function firstLine(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split('\n', 1)[0] ?? '') : '';
}
