import type { Command } from 'commander';
import { afterAll, expect, test } from 'vitest';
import { newRegistry } from './command-line.ts';
import { commandProgram } from './command-program.ts';
import { handedOn } from './handed-on.mjs';
import { testWorld } from './test-terminal.ts';

const at = testWorld();
afterAll(() => at.dispose());

function optionsOf(command: Command): string[] {
  return [...command.options.flatMap(({ long }) => long ?? []), ...command.commands.flatMap(optionsOf)];
}

test('every option that names a descriptor has it handed on', () => {
  const named = [...new Set(optionsOf(commandProgram(newRegistry(at.world))))].filter((option) =>
    option.endsWith('fd'),
  );
  expect(named).toContain('--person-pin-fd');
  for (const option of named) {
    expect(handedOn([option, '4']), option).toEqual(['inherit', 'inherit', 'inherit', 'ignore', 4]);
    expect(handedOn([`${option}=3`]), option).toEqual(['inherit', 'inherit', 'inherit', 3]);
  }
});

test.each([[['--lot', '4']], [['--token-fd', '0']], [['--token-fd', 'x']], [['--token-fd']], [['--token-fd', '5000']]])(
  '%j hands nothing on',
  (args) => {
    expect(handedOn(args)).toEqual(['inherit', 'inherit', 'inherit']);
  },
);
