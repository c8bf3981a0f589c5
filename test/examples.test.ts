// What examples/ shows must work: the recipe is read by the same rules as a customer's, and its digests are the file's.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Recipe } from '../domain/recipe.ts';
import { imageVersionText, parseImage } from '../protocol/mcuboot-image.ts';

const folder = new URL('../examples/aq-200/', import.meta.url);

describe('the example recipe', () => {
  const recipe = Recipe.parse(JSON.parse(readFileSync(new URL('recipe.json', folder), 'utf8')));
  const file = readFileSync(new URL(recipe.firmware.file, folder));

  test('names the digest of the firmware file beside it', () => {
    expect(recipe.firmware.sha256).toBe(createHash('sha256').update(file).digest('hex'));
  });

  test('names the image hash and version that a board will report', () => {
    const image = parseImage(file);
    expect(image).toMatchObject({ imageHash: recipe.firmware.imageHash });
    expect('version' in image && imageVersionText(image.version)).toBe(recipe.firmware.version);
  });

  test('takes its hardware type from the arc kept for documentation', () => {
    expect(recipe.certificate.hardwareType).toMatch(/^1\.3\.6\.1\.4\.1\.32473\./);
  });
});
