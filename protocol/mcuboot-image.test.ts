import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildImage, imageVersionText, parseImage } from './mcuboot-image.ts';

const version = { major: 1, minor: 2, revision: 300, build: 70_000 };
const image = buildImage({ version, body: new Uint8Array(1000).fill(0x5a) });

describe('MCUboot image', () => {
  test('its hash is the SHA-256 over header and body', () => {
    const imageHash = createHash('sha256').update(image.subarray(0, 1032)).digest('hex');
    expect(parseImage(image)).toEqual({ version, imageHash, bodyBytes: 1000 });
    expect(imageVersionText(version)).toBe('1.2.300+70000');
  });

  test('any changed, missing or added byte is refused', () => {
    fc.assert(
      fc.property(fc.nat(image.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Uint8Array.from(image);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(parseImage(changed)).toHaveProperty('refused');
        expect(parseImage(image.subarray(0, at))).toHaveProperty('refused');
      }),
    );
    expect(parseImage(Buffer.concat([image, new Uint8Array(1)]))).toHaveProperty('refused');
  });

  test('no bytes make the parser throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (bytes, withMagic) => {
        if (withMagic) bytes.set(image.subarray(0, Math.min(4, bytes.length)));
        expect(parseImage(bytes)).toHaveProperty('refused');
      }),
    );
  });
});
