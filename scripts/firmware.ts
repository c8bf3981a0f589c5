// `npm run firmware`: builds and measures firmware/. `-- --fault N`: a host program with a planted fault (firmware/README.md).
import { join } from 'node:path';
import { BUILD, buildFirmware, make } from './firmware-build.ts';
import { missingFirmwareTools } from './firmware-tools.ts';

/** Program with that fault, in a folder of its own. */
function buildFault(fault: string): void {
  const folder = join(BUILD, `fault-${fault}`);
  make(['host'], { OUT: folder, FAULT: fault });
  process.stdout.write(`firmware/build/fault-${fault}/keyline-host is ready.\n`);
}

function buildAndTell(): void {
  const { sizes, firmware } = buildFirmware();
  const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
  process.stdout.write(
    [
      `agent      ${kb(sizes.agentText)} of code, ${kb(sizes.agentRam)} of RAM (without mbedTLS)`,
      `image      ${kb(sizes.imageText)} of code, ${kb(sizes.imageRam)} of RAM (with mbedTLS and its heap)`,
      `image hash ${firmware.imageHash}`,
      'firmware/build/keyline-host and firmware/build/emcraft-sf2.elf are ready.',
      '',
    ].join('\n'),
  );
}

try {
  const [option, fault] = process.argv.slice(2);
  if (option === '--fault' && fault !== undefined && /^\d+$/.test(fault)) buildFault(fault);
  else buildAndTell();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  const missing = missingFirmwareTools();
  if (missing.length > 0)
    process.stderr.write(`Missing here: ${missing.join(' ')}. npm run setup installs them as root.\n`);
  process.exitCode = 1;
}
