// What firmware/ is built and run with, and what of it this computer lacks.
import { spawnSync } from 'node:child_process';

/** [program, arguments that it answers, Debian package] */
const TOOLS = [
  ['make', ['--version'], 'make'],
  ['cc', ['--version'], 'gcc libc6-dev'],
  [
    'arm-none-eabi-gcc',
    ['--specs=picolibc.specs', '-E', '-x', 'c', '/dev/null'],
    'gcc-arm-none-eabi picolibc-arm-none-eabi',
  ],
  ['arm-none-eabi-size', ['--version'], 'binutils-arm-none-eabi'],
  ['qemu-system-arm', ['--version'], 'qemu-system-arm'],
  ['clang', ['--version'], 'clang libclang-rt-dev'],
  ['clang-format', ['--version'], 'clang-format'],
] as const;

/** Debian packages of the programs that do not answer; none: everything is here. */
export function missingFirmwareTools(): string[] {
  return TOOLS.filter(([program, args]) => spawnSync(program, args, { stdio: 'ignore' }).status !== 0).map(
    ([, , packages]) => packages,
  );
}
