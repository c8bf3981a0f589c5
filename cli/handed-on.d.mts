/** Standard streams, and each descriptor that an option names at its own number: `stdio` for spawn. */
export function handedOn(args: readonly string[]): (string | number)[];
