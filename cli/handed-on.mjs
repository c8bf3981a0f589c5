// Descriptors that a command is told to read a secret from, for a child that runs the command in its place.

/** Standard streams, and each descriptor that an option names at its own number. */
export function handedOn(args) {
  const stdio = ['inherit', 'inherit', 'inherit'];
  for (const [index, arg] of args.entries()) {
    const [, joined] = /^--(?:[a-z0-9]+-)*fd(?:=(.*))?$/.exec(arg) ?? [arg, null];
    const fd = Number(joined === null ? Number.NaN : (joined ?? args[index + 1]));
    // The bound of the option itself.
    if (!Number.isInteger(fd) || fd < 3 || fd > 1023) continue;
    while (stdio.length < fd) stdio.push('ignore');
    stdio[fd] = fd;
  }
  return stdio;
}
