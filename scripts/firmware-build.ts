// Builds firmware/: the agent as a Linux process and as the image of the emulated board, and measures what it takes.
// Refuses an image that has outgrown its limits. Everything lands in firmware/build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PRACTICE_SECRET_NAME } from '../domain/practice-secret.ts';
import { Recipe } from '../domain/recipe.ts';
import { buildImage, imageVersionText, parseImage } from '../protocol/mcuboot-image.ts';
import { EMULATED_MODEL, type EmulatedFirmware } from '../simulator/emulated/emulated-firmware.ts';
import { mbedtlsSource } from './mbedtls-source.ts';

export const FIRMWARE = fileURLToPath(new URL('../firmware/', import.meta.url));
export const BUILD = join(FIRMWARE, 'build');

/** Bytes. What a small part has to spare beside its application: 24 KB of code, 8 KB of RAM; with mbedTLS 72 KB of code. */
const LIMITS = { agentText: 24 * 1024, agentRam: 8 * 1024, imageText: 72 * 1024 } as const;

export interface Sizes {
  /** The agent, its port and its glue to mbedTLS: code and constants, bytes. */
  readonly agentText: number;
  /** The same: static RAM without mbedTLS's heap. */
  readonly agentRam: number;
  readonly imageText: number;
  /** All static RAM, mbedTLS's heap included. */
  readonly imageRam: number;
}

/** `make` in firmware/ for these targets, with a planted fault where one is named. Throws an Error with its output. */
export function make(targets: readonly string[], settings: Readonly<Record<string, string>> = {}): void {
  const values = { MBEDTLS: mbedtlsSource(), OUT: BUILD, ...settings };
  const words = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  mkdirSync(values.OUT, { recursive: true });
  const made = spawnSync('make', ['-s', '-j2', ...words, ...targets], { cwd: FIRMWARE, encoding: 'utf8' });
  if (made.error)
    throw new Error(`make does not start (${made.error.message}). Run npm run setup as root, or install it.`);
  if (made.status !== 0) throw new Error(`make ${targets.join(' ')} failed:\n${made.stdout}${made.stderr}`);
}

/** Host program and emulated board's image. Throws an Error when a limit is passed. */
export function buildFirmware(): { sizes: Sizes; firmware: EmulatedFirmware } {
  make(['host', 'arm']);
  const sizes = measure();
  for (const [name, limit] of Object.entries(LIMITS)) {
    const bytes = sizes[name as keyof typeof LIMITS];
    if (bytes >= limit) throw new Error(`The firmware has outgrown its limit: ${name} is ${bytes} of ${limit} bytes.`);
  }
  return { sizes, firmware: writeImage() };
}

/** As `size` prints one file: text, data and bss in bytes. */
function sizeOf(file: string): { text: number; data: number; bss: number } {
  const printed = spawnSync('arm-none-eabi-size', [file], { encoding: 'utf8' });
  const [text = 0, data = 0, bss = 0] = (printed.stdout.split('\n')[1] ?? '').trim().split(/\s+/).map(Number);
  return { text, data, bss };
}

function measure(): Sizes {
  const heap = Number(/KEYLINE_MBEDTLS_HEAP_BYTES=(\d+)/.exec(readFileSync(join(FIRMWARE, 'Makefile'), 'utf8'))?.[1]);
  const objects = ['core', 'crypto', 'port'].flatMap((folder) =>
    readdirSync(join(BUILD, 'arm', folder))
      .filter((name) => name.endsWith('.o'))
      .map((name) => sizeOf(join(BUILD, 'arm', folder, name))),
  );
  const sum = (of: (size: ReturnType<typeof sizeOf>) => number) => objects.reduce((total, size) => total + of(size), 0);
  const whole = sizeOf(join(BUILD, 'emcraft-sf2.elf'));
  return {
    agentText: sum(({ text }) => text),
    agentRam: sum(({ data, bss }) => data + bss) - heap,
    imageText: whole.text + whole.data,
    imageRam: whole.data + whole.bss,
  };
}

/** How boards come by their keys, and what a recipe says of it. */
const KEYS: readonly (readonly [
  keyof EmulatedFirmware['recipes'],
  Pick<Recipe, 'keyMode' | 'psk' | 'acceptCableRisk'>,
])[] = [
  ['on-chip', { keyMode: 'on-chip' }],
  ['injected', { keyMode: 'injected', acceptCableRisk: true }],
  ['injected-psk', { keyMode: 'injected', psk: PRACTICE_SECRET_NAME }],
];

/** What a station needs to make such boards. */
function recipeFor(
  { model, hardwareRevision, version, image, sha256, imageHash }: EmulatedFirmware,
  keys: (typeof KEYS)[number][1],
): Recipe {
  return Recipe.parse({
    ...{ keyline: 1, name: 'emulated-board', version: '1.0.0', model, hardwareRevisions: [hardwareRevision] },
    firmware: { version, file: image, sha256, imageHash },
    certificate: { organization: 'Example Works', hardwareType: '1.3.6.1.4.1.32473.2.1', notAfter: 'never' },
    lock: { debug: true, allowGroups: [] },
    ...keys,
  });
}

/** The image as a station loads it, and what the emulator and a recipe need to know of it. */
function writeImage(): EmulatedFirmware {
  const header = readFileSync(join(FIRMWARE, 'ports/emulated/firmware-version.h'), 'utf8');
  const number = (name: string) => Number(new RegExp(`FIRMWARE_${name} (\\d+)`).exec(header)?.[1]);
  const version = { major: number('MAJOR'), minor: number('MINOR'), revision: number('REVISION'), build: 0 };
  const image = buildImage({ version, body: readFileSync(join(BUILD, 'emcraft-sf2.bin')) });
  const facts = parseImage(image);
  if ('refused' in facts) throw new Error(facts.refused);
  const file = `kl-sf2-${imageVersionText(version)}.bin`;
  writeWhole(join(BUILD, file), image);
  const firmware: EmulatedFirmware = {
    ...EMULATED_MODEL,
    version: imageVersionText(version),
    elf: 'emcraft-sf2.elf',
    image: file,
    sha256: createHash('sha256').update(image).digest('hex'),
    imageHash: facts.imageHash,
    recipes: { 'on-chip': 'recipe.json', injected: 'recipe-injected.json', 'injected-psk': 'recipe-injected-psk.json' },
  };
  for (const [name, keys] of KEYS)
    writeWhole(join(BUILD, firmware.recipes[name]), `${JSON.stringify(recipeFor(firmware, keys), null, 2)}\n`);
  writeWhole(join(BUILD, 'firmware.json'), `${JSON.stringify(firmware, null, 2)}\n`);
  return firmware;
}

/** Whoever reads it meanwhile finds the one before or this one, never half of it. */
function writeWhole(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}
