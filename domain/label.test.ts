// Labels read back: by our own parser for every serial, and by an independent reader of QR and Data Matrix for the picture
// that the screen shows and the bits that the printer gets.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import bwipjs from 'bwip-js/generic';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { barModules, dataMatrixModules, type Modules, qrModules } from './code-modules.ts';
import { keyTailOf, type LabelFacts, LabelSize, labelContent, readLabel } from './label.ts';
import { DOTS_PER_MM, type LabelLayout, layoutLabel } from './label-layout.ts';
import { labelSvg } from './label-svg.ts';
import { labelZpl } from './label-zpl.ts';

// It would be fetched from a server else.
const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer } });

const FACTS: LabelFacts = {
  ...{ model: 'AQ-200', revision: 'C', deviceSerial: '48213-0869', keyTail: '7F3A91C2', copy: 1, practice: false },
};

const serials = fc.stringMatching(/^[A-Z0-9-]{1,32}$/);
const tails = fc.stringMatching(/^[0-9A-F]{8}$/);
const facts = fc.record({
  model: fc.stringMatching(/^[\x20-\x7e]{1,32}$/),
  revision: fc.stringMatching(/^[\x20-\x7e]{1,32}$/),
  deviceSerial: serials,
  keyTail: tails,
  copy: fc.integer({ min: 1, max: 99 }),
  practice: fc.boolean(),
});

describe('the content of a label', () => {
  test('reads back as it was written, whatever serial and tail', () => {
    fc.assert(
      fc.property(serials, tails, (deviceSerial, keyTail) => {
        const text = labelContent({ deviceSerial, keyTail });
        expect(text).toMatch(/^[A-Z0-9:-]+$/);
        expect(readLabel(text)).toEqual({ deviceSerial, keyTail });
      }),
    );
  });

  test.each([
    '',
    'KL1:',
    'KL1:A',
    'KL1:A:7F3A91C',
    'KL1:A:7f3a91c2',
    'KL1:a:7F3A91C2',
    'KL1:A:7F3A91C2:1',
    'KL2:A:7F3A91C2',
    'KLS:1',
  ])('of "%s" is none', (text) => expect(readLabel(text)).toBeNull());

  test('ends as the digest of the key ends', () => {
    expect(keyTailOf(`${'0'.repeat(56)}7f3a91c2`)).toBe('7F3A91C2');
  });
});

describe('the modules of a code', () => {
  test.each([
    ['qrcode', qrModules, 'eclevel=M'],
    ['datamatrix', dataMatrixModules, ''],
  ] as const)('%s are the ones that the encoder says, upright', (bcid, modulesOf, options) => {
    const text = labelContent(FACTS);
    const [raw] = bwipjs.raw(bcid, text, options);
    const pixels = raw !== undefined && 'pixs' in raw ? raw : null;
    expect(modulesOf(text).flat().map(Number)).toEqual(pixels?.pixs);
  });
});

describe('on every size', () => {
  test.each(LabelSize.options)('%s everything stands inside the label, and every serial has room', (size) => {
    fc.assert(
      fc.property(facts, (some) => {
        const layout = layoutLabel(some, size);
        expect(outside(layout)).toEqual([]);
        // What is read by eye is whole: the serial on all but the smallest, and the tail everywhere.
        const eyes = layout.shapes.flatMap((shape) =>
          shape.kind === 'text' && shape.face === 'mono' ? shape.text : [],
        );
        const read = eyes.join('').replace(' ', '');
        expect(read.startsWith(size === '10x10' ? some.keyTail : some.deviceSerial + some.keyTail)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('a usual serial has capitals of 2.5 mm, and modules as large as asked', () => {
    for (const size of ['50x25', '38x13'] as const) {
      const layout = layoutLabel(FACTS, size);
      const serial = layout.shapes.find((shape) => shape.kind === 'text' && shape.text === FACTS.deviceSerial);
      expect(serial?.kind === 'text' ? (serial.em * 0.73) / DOTS_PER_MM : 0).toBeGreaterThanOrEqual(2.5);
      expect(moduleMm(layout)).toBeGreaterThanOrEqual(0.33);
    }
    expect(moduleMm(layoutLabel(FACTS, '10x10'))).toBeGreaterThanOrEqual(0.25);
  });

  test('TEST stands across what practice prints, and on nothing else', () => {
    for (const size of LabelSize.options) {
      expect(labelZpl(layoutLabel({ ...FACTS, practice: true }, size))).toContain('^FDTEST^FS');
      expect(labelZpl(layoutLabel(FACTS, size))).not.toContain('TEST');
      expect(labelSvg(layoutLabel({ ...FACTS, practice: true }, size))).toContain('>TEST<');
    }
  });

  test('a second copy says so, the first does not', () => {
    expect(labelZpl(layoutLabel({ ...FACTS, copy: 2 }, '50x25'))).toContain('^FDcopy 2^FS');
    expect(labelZpl(layoutLabel({ ...FACTS, copy: 2 }, '38x13'))).toContain('^FDcopy 2^FS');
    expect(labelZpl(layoutLabel({ ...FACTS, copy: 2 }, '10x10'))).toContain('^FDc2^FS');
    expect(labelZpl(layoutLabel(FACTS, '50x25'))).not.toContain('copy');
  });

  test.each(LabelSize.options)('%s a reader that is not ours reads what the printer gets', async (size) => {
    const serial = size === '10x10' ? 'AQ-0001' : `${'A'.repeat(23)}-00000001`;
    for (const practice of [false, true])
      for (const deviceSerial of [FACTS.deviceSerial, serial]) {
        const some = { ...FACTS, deviceSerial, practice };
        const found = await readBarcodes(printed(labelZpl(layoutLabel(some, size))), {
          formats: [size === '10x10' ? 'DataMatrix' : 'QRCode'],
        });
        expect(found.map(({ text }) => text)).toEqual([labelContent(some)]);
      }
  });

  test('nothing of a name is read as a command by the printer', () => {
    const zpl = labelZpl(layoutLabel({ ...FACTS, model: '^XZ~JA_<&>' }, '50x25'));
    expect(zpl.match(/\^XZ/g)).toHaveLength(1);
    expect(zpl).not.toContain('~');
    expect(labelSvg(layoutLabel({ ...FACTS, model: '<b>&"' }, '50x25'))).toContain('&#60;b&#62;&#38;&#34;');
  });
});

test('the bars of a command read back by a reader that is not ours', async () => {
  const row = barModules('KLC:TRY-AGAIN');
  const found = await readBarcodes(picture(new Array<readonly boolean[]>(60).fill(row), 3, 30), {
    formats: ['Code128'],
  });
  expect(found.map(({ text }) => text)).toEqual(['KLC:TRY-AGAIN']);
});

function moduleMm({ shapes }: LabelLayout): number {
  const code = shapes.find(({ kind }) => kind === 'code');
  return code?.kind === 'code' ? code.module / DOTS_PER_MM : 0;
}

function outside({ width, height, shapes }: LabelLayout): string[] {
  const bandX = shapes.find(({ kind }) => kind === 'band')?.x ?? width;
  return shapes.flatMap((shape) => {
    const [left, top, right, bottom] = edges(shape);
    const limit = shape.kind === 'band' || (shape.kind === 'text' && shape.turned) ? width : bandX;
    return left < 0 || top < 0 || right > limit || bottom > height ? [JSON.stringify({ ...shape, modules: null })] : [];
  });
}

function edges(shape: LabelLayout['shapes'][number]): [number, number, number, number] {
  if (shape.kind === 'band') return [shape.x, shape.y, shape.x + shape.width, shape.y + shape.height];
  if (shape.kind === 'text') {
    const { x, y, em, length, turned } = shape;
    return turned ? [x - em * 0.73, y - length, x, y] : [x, y - em * 0.73, x + length, y];
  }
  const side = shape.modules.length * shape.module;
  const quiet = (shape.modules.length < 21 || shape.module === 3 ? 2 : 4) * shape.module;
  return [shape.x - quiet, shape.y - quiet, shape.x + side + quiet, shape.y + side + quiet];
}

/** The label as a printer would draw it, but for its texts: graphics fields and boxes of the ZPL. */
function printed(zpl: string): Pixels {
  const size = /\^PW(\d+)\^LL(\d+)/.exec(zpl);
  const [width, height] = [Number(size?.[1]), Number(size?.[2])];
  const dots = Array.from({ length: height }, () => new Array<boolean>(width).fill(false));
  const ink = (x: number, y: number) => {
    const row = dots[y];
    if (row !== undefined && x < width) row[x] = true;
  };
  for (const [, x, y, bytes, hex = ''] of zpl.matchAll(/\^FO(\d+),(\d+)\^GFA,\d+,\d+,(\d+),([0-9A-F]+)\^FS/g))
    for (let at = 0; at < hex.length * 4; at++) {
      const perRow = Number(bytes) * 8;
      if ((Number.parseInt(hex[at >> 2] ?? '0', 16) >> (3 - (at & 3))) & 1)
        ink(Number(x) + (at % perRow), Number(y) + Math.floor(at / perRow));
    }
  for (const [, x, y, w, h] of zpl.matchAll(/\^FO(\d+),(\d+)\^GB(\d+),(\d+),\d+\^FS/g))
    for (let dx = 0; dx < Number(w); dx++) for (let dy = 0; dy < Number(h); dy++) ink(Number(x) + dx, Number(y) + dy);
  return picture(dots, 1, 0);
}

/** What a reader takes, without a browser around. */
type Pixels = Exclude<Parameters<typeof readBarcodes>[0], Blob | ArrayBuffer | Uint8Array>;

/** As a camera would see it: `scale` pixels a dot, white around. */
function picture(dots: Modules, scale: number, quiet: number): Pixels {
  const width = (dots[0]?.length ?? 0) * scale + 2 * quiet;
  const height = dots.length * scale + 2 * quiet;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < dots.length * scale; y++)
    for (let x = 0; x < (dots[0]?.length ?? 0) * scale; x++)
      if (dots[Math.floor(y / scale)]?.[Math.floor(x / scale)])
        data.fill(0, ((y + quiet) * width + x + quiet) * 4, ((y + quiet) * width + x + quiet) * 4 + 3);
  return { data, width, height, colorSpace: 'srgb' };
}
