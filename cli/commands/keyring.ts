// `keyring store|forget`: keeps the passphrase of this data folder, or the PIN of a token, in the computer's keyring
// because a person says so, and takes it away again. What is kept is never shown.
import type { Command } from 'commander';
import { KeyringAnswer } from '../../contract/cli.ts';
import { example, execute, type Registry } from '../command-line.ts';
import { passphraseName, pinName } from '../keyring.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { readSecret, typedTwice } from '../passphrase.ts';
import type { CommonOptions, Use } from '../surroundings.ts';

interface KeyringOptions extends CommonOptions {
  readonly token?: string;
}

export function registerKeyring(root: Command, registry: Registry): void {
  const keyring = example(
    root.command('keyring').description("passphrase and PINs in this computer's keyring, for --keyring"),
    'help keyring store',
  );
  const store = keyring.command('store').description('keep the passphrase of this data folder, or the PIN of a token');
  withToken(store, 'keyring store --token line-4').action(() => {
    const options = store.optsWithGlobals<KeyringOptions>();
    return execute(registry, options, (use) => storeSecret(use, options));
  });
  const forget = keyring.command('forget').description('take it out of the keyring again');
  withToken(forget, 'keyring forget --token line-4').action(() => {
    const options = forget.optsWithGlobals<KeyringOptions>();
    return execute(registry, options, (use) => forgetSecret(use, options));
  });
}

function withToken(command: Command, text: string): Command {
  return example(command.option('--token <label>', 'the PIN of this token instead of the passphrase'), text);
}

async function storeSecret(use: Use, { token, passphraseFd, pinFd }: KeyringOptions): Promise<ExitCode> {
  const name = nameOf(use, token);
  const fd = token === undefined ? passphraseFd : pinFd;
  const question = token === undefined ? 'Passphrase of the signing keys: ' : `PIN of token ${token}: `;
  const secret = fd === undefined ? await typedTwice(use.terminal, question) : readSecret(fd);
  try {
    await use.keyring.store(name, secret);
  } finally {
    secret.wipe();
  }
  tell(use, KeyringAnswer, { name, kept: true }, [`The keyring keeps the ${name}.`]);
  return 0;
}

async function forgetSecret(use: Use, { token }: KeyringOptions): Promise<ExitCode> {
  const name = nameOf(use, token);
  const there = await use.keyring.forget(name);
  tell(use, KeyringAnswer, { name, kept: false }, [
    there ? `The keyring has forgotten the ${name}.` : `The keyring held no ${name}.`,
  ]);
  return 0;
}

function nameOf({ folder }: Use, token: string | undefined): string {
  return token === undefined ? passphraseName(folder.path) : pinName(token);
}
