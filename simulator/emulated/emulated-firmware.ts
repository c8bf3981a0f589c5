// What `npm run firmware` built for the emulated board, as it says so in firmware/build/firmware.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { KeylineError } from '../../domain/errors.ts';
import { Sha256Hex } from '../../domain/ids.ts';

const Label = z.string().regex(/^[\x20-\x7e]{1,32}$/);

export const EmulatedFirmware = z.strictObject({
  model: Label,
  hardwareRevision: Label,
  version: Label,
  /** What the emulator starts; a name in the same folder. */
  elf: z.string(),
  /** What a station would load; a name in the same folder. */
  image: z.string(),
  /** SHA-256 of that file, and MCUboot's hash of the image, which the board measures itself. */
  sha256: Sha256Hex,
  imageHash: Sha256Hex,
  /** Recipes that load this image, by how its boards come by their keys; names in the same folder. */
  recipes: z.strictObject({ 'on-chip': z.string(), injected: z.string(), 'injected-psk': z.string() }),
});
export type EmulatedFirmware = z.infer<typeof EmulatedFirmware>;

/** As firmware/ports/emcraft-sf2 has it in its code. */
export const EMULATED_MODEL = { model: 'KL-SF2', hardwareRevision: 'A' } as const;

const BUILD = fileURLToPath(new URL('../../firmware/build/', import.meta.url));

/** With full paths. Throws EMULATOR_MISSING before `npm run firmware`. */
export function emulatedFirmware(folder = BUILD): EmulatedFirmware {
  try {
    const firmware = EmulatedFirmware.parse(JSON.parse(readFileSync(join(folder, 'firmware.json'), 'utf8')));
    const within = (name: string) => join(folder, name);
    const { elf, image, recipes: names } = firmware;
    const recipes = {
      'on-chip': within(names['on-chip']),
      injected: within(names.injected),
      'injected-psk': within(names['injected-psk']),
    };
    return { ...firmware, recipes, elf: within(elf), image: within(image) };
  } catch (error) {
    throw new KeylineError('EMULATOR_MISSING', `${folder} holds no firmware.json`, {}, error);
  }
}
