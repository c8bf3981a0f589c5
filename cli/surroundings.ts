// What every command works with: its terminal, clock and chance, where data folders lie, and the options of all commands.
import { homedir } from 'node:os';
import { type DataFolder, dataFolderAt, lineDataFolder, type Surroundings } from '../db/data-folder.ts';
import type { Clock, Random } from '../domain/seams.ts';
import { systemClock } from '../station/clock.ts';
import type { Secret } from '../station/identity/secret.ts';
import { systemRandom } from '../station/random.ts';
import { onInterrupts } from './interrupts.ts';
import { type Keyring, passphraseName, pinName, systemKeyring } from './keyring.ts';
import { type PassphraseSource, passphraseSource, readPin } from './passphrase.ts';
import { askPersonAt } from './person-sign-in.ts';
import type { AskPerson } from './station-client.ts';
import { systemTerminal, type Terminal } from './terminal.ts';

export interface World {
  readonly terminal: Terminal;
  readonly around: Surroundings;
  readonly clock: Clock;
  readonly random: Random;
  /** Path of Node 24, for programs of our own. */
  readonly node: string;
  readonly keyring: Keyring;
  /**
   * Calls `act` at every Ctrl+C or polite end of the process, once each, and when the program that started it over a
   * channel has gone; the answer stops that.
   */
  onInterrupt(act: () => void): () => void;
  /** Ends the process here and now: only for a person who asked twice. */
  leave(code: number): void;
}

export const systemWorld: World = {
  terminal: systemTerminal,
  around: { platform: process.platform, env: process.env, homeDir: homedir() },
  clock: systemClock,
  random: systemRandom,
  node: process.execPath,
  keyring: systemKeyring,
  onInterrupt: (act) => onInterrupts(process, systemClock, act),
  leave: (code) => process.exit(code),
};

/** One command's view of the world. */
export interface Use extends World {
  /** Print one JSON object instead of lines for people. */
  readonly json: boolean;
  /** The station's data folder; nothing of it is made yet. */
  readonly folder: DataFolder;
  /** `--data` as given, for commands whose folder is not a station's. */
  readonly data: string | undefined;
  /** Where the passphrase of a folder comes from; `practice` as the folder is. */
  passphrase(practice: boolean): PassphraseSource;
  /** The PIN of a token, asked for once; the caller wipes it. Throws PIN_MISSING, FILE_UNREADABLE, KEYRING_*. */
  pin(tokenLabel: string): Promise<Secret>;
  /** Who sits at the terminal, where people are on record. */
  readonly askPerson: AskPerson;
}

export interface CommonOptions {
  readonly data?: string;
  readonly json?: boolean;
  readonly passphraseFd?: number;
  readonly pinFd?: number;
  readonly keyring?: boolean;
  readonly person?: string;
  readonly badgeFd?: number;
  readonly personPinFd?: number;
}

export function useOf(world: World, options: CommonOptions): Use {
  const { data, json, passphraseFd, pinFd, keyring, person, badgeFd, personPinFd } = options;
  const folder = dataFolderAt(lineDataFolder(data, world.around));
  const { terminal } = world;
  const places = (fd: number | undefined, name: string) => ({
    ...{ terminal, fd: fd ?? null },
    keyring: keyring ? () => world.keyring.read(name) : null,
  });
  return {
    ...{ ...world, json: json ?? false, data, folder },
    passphrase: (practice) => passphraseSource(places(passphraseFd, passphraseName(folder.path)), practice),
    askPerson: askPersonAt({
      ...{ terminal, person: person ?? null, badgeFd: badgeFd ?? null, pinFd: personPinFd ?? null },
    }),
    pin: (tokenLabel) => readPin(places(pinFd, pinName(tokenLabel)), tokenLabel),
  };
}
