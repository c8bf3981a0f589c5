// `recipe check`: reads a recipe and its firmware as `lot create` would, and makes nothing.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { RecipeAnswer } from '../../contract/cli.ts';
import { keyTerms, keyTermsText } from '../../domain/recipe.ts';
import { readRecipe } from '../../station/line/lot-intake.ts';
import { example, execute, type Registry } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import type { Use } from '../surroundings.ts';

export function registerRecipe(root: Command, registry: Registry): void {
  const recipe = example(root.command('recipe').description('check recipes'), 'help recipe check');
  const check = recipe.command('check').description('read a recipe and its firmware').argument('<file>', 'recipe file');
  example(check, 'recipe check examples/aq-200/recipe.json').action((file: string) =>
    execute(registry, check.optsWithGlobals(), async (use) => checkRecipe(use, file)),
  );
}

function checkRecipe(use: Use, file: string): ExitCode {
  const { recipe, sha256, firmware } = readRecipe(resolve(file));
  const { name, version, model } = recipe;
  const answer = {
    ...{ ok: true as const, name, version, model, ...keyTerms(recipe) },
    recipeSha256: sha256,
    firmwareSha256: firmware.sha256,
    firmwareBytes: firmware.bytes.length,
  };
  tell(use, RecipeAnswer, answer, [
    `Recipe ${name} ${version} for ${model} is as it should be: ${keyTermsText(answer)}.`,
    `Firmware ${recipe.firmware.version}, ${firmware.bytes.length} bytes, SHA-256 ${firmware.sha256}.`,
  ]);
  return 0;
}
