// The firmware of emulated boards, built by the clone's own script where it was not built yet. An installed station has no
// such script: there the boards stay missing, and whoever looks for them says so.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { KeylineError } from '../domain/errors.ts';
import { emulatedFirmware } from '../simulator/emulated/emulated-firmware.ts';

const SCRIPT = fileURLToPath(new URL('../scripts/firmware.ts', import.meta.url));
/** A build takes 20 s on two cores, and its sources come over the network once. */
const LIMIT_MS = 600_000;

/** What the build says goes to standard error. Throws EMULATOR_MISSING when there is no firmware at the end. */
export async function readyFirmware(say: (line: string) => void): Promise<void> {
  if (isBuilt() || !existsSync(SCRIPT)) return void emulatedFirmware();
  say('Building the firmware of the emulated boards ...');
  const build = spawn(process.execPath, [SCRIPT], {
    stdio: ['ignore', process.stderr.fd, 'inherit'],
    timeout: LIMIT_MS,
  });
  await once(build, 'close');
  emulatedFirmware();
}

function isBuilt(): boolean {
  try {
    emulatedFirmware();
    return true;
  } catch (error) {
    if (!(error instanceof KeylineError)) throw error;
    return false;
  }
}
