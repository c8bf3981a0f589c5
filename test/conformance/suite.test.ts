// The list itself: every clause that binds a device has a case, and no case is of a clause that is not there.
import { describe, expect, test } from 'vitest';
import { ALL_CASES } from './all-cases.ts';
import { STAGES } from './case.ts';
import { clausesOf, EXEMPT } from './clauses.ts';
import { crc16, linesOf, PacketReader, packetOf } from './wire/packet.ts';

const clauses = clausesOf();
const held = new Set(ALL_CASES.map(({ clause }) => clause));

describe('the conformance suite', () => {
  test('reads the document’s clauses, in every section', () => {
    expect(clauses.length).toBeGreaterThanOrEqual(80);
    for (let section = 1; section <= 10; section++)
      expect(clauses.filter((clause) => clause.startsWith(`${section}.`))).not.toEqual([]);
    expect(clausesOf('## 6. Codes\n\n| 3 | STATE | x |\n\n## 7. Table\n\n| 7.1 | status |\n7.2 A clause\n')).toEqual([
      '6.3',
      '7.1',
      '7.2',
    ]);
  });

  test('has a case for every clause that binds a device', () => {
    expect(clauses.filter((clause) => !held.has(clause) && !(clause in EXEMPT))).toEqual([]);
  });

  test('exempts no clause that has a case, and none that is not there', () => {
    expect(Object.keys(EXEMPT).filter((clause) => held.has(clause) || !clauses.includes(clause))).toEqual([]);
  });

  test('names clauses of the document only, and each case once', () => {
    expect([...held].filter((clause) => !clauses.includes(clause))).toEqual([]);
    const titles = ALL_CASES.map(({ clause, title }) => `${clause} ${title}`);
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
  });

  test('has 150 cases at least, and every cell of section 7', () => {
    expect(ALL_CASES.length).toBeGreaterThanOrEqual(150);
    const cells = ALL_CASES.filter(({ clause, title }) => clause.startsWith('7.') && title.includes(', in stage '));
    // 14 rows; 7.3 and 7.7 have no cell for a blank device.
    expect(cells).toHaveLength(14 * STAGES.length - 2);
  });
});

describe('the suite’s own wire', () => {
  test('has the checksum of CRC-16/XMODEM', () => {
    expect(crc16(Buffer.from('123456789'))).toBe(0x31c3);
  });

  test('reads back what it writes, between text and in any pieces', () => {
    const message = Buffer.alloc(500, 7);
    const lines = Buffer.concat([Buffer.from('log\r\n'), ...linesOf(packetOf(message))]);
    const reader = new PacketReader();
    expect([...lines].flatMap((byte) => reader.push(Uint8Array.of(byte)))).toEqual([Uint8Array.from(message)]);
    expect(reader.text).toEqual(['log\r']);
  });

  test('takes a broken packet of a device for the device’s fault', () => {
    const bad = Buffer.concat(linesOf(packetOf(Buffer.alloc(20), { crc: 1 })));
    expect(() => new PacketReader().push(bad)).toThrow('clause 1.2');
  });
});
