// Writes the firmware of examples/aq-200 and its digests into the recipe beside it. The same bytes at every run.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { concatBytes } from '../domain/bytes.ts';
import { buildImage, parseImage } from '../protocol/mcuboot-image.ts';

const FOLDER = new URL('../examples/aq-200/', import.meta.url);
const RECIPE = new URL('recipe.json', FOLDER);

/** 24 KB: enough chunks to see progress and to stop at 64 %, little enough for a slow line. */
const BODY_BYTES = 24 * 1024;

const TITLE = new TextEncoder().encode('Keyline example firmware AQ-200 1.4.2. It runs on simulated boards only.\n');

/** A body that does not compress, as real code hardly does: a chain of SHA-256 digests. */
function exampleBody(): Uint8Array {
  const blocks: Uint8Array[] = [TITLE];
  let block: Uint8Array = TITLE;
  for (let length = TITLE.length; length < BODY_BYTES; length += block.length) {
    block = createHash('sha256').update(block).digest();
    blocks.push(block);
  }
  return concatBytes(...blocks).subarray(0, BODY_BYTES);
}

const image = buildImage({ version: { major: 1, minor: 4, revision: 2, build: 0 }, body: exampleBody() });
const facts = parseImage(image);
if ('refused' in facts) throw new Error(facts.refused);

const text = readFileSync(RECIPE, 'utf8');
writeFileSync(new URL(JSON.parse(text).firmware.file, FOLDER), image);
writeFileSync(
  RECIPE,
  text
    .replace(/("sha256": ")[0-9a-f]*/, `$1${createHash('sha256').update(image).digest('hex')}`)
    .replace(/("imageHash": ")[0-9a-f]*/, `$1${facts.imageHash}`),
);
