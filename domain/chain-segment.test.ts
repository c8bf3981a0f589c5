import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type AuditEvent, auditHash, CHAIN_START } from './audit-event.ts';
import { isWholeSegment } from './chain-segment.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function chain(length: number): AuditEvent[] {
  const events: AuditEvent[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const prevHash = events.at(-1)?.hash ?? CHAIN_START;
    const event = { seq, timeMs: seq, actorId: 'station', type: 'device-seen', body: '{}', prevHash } as const;
    events.push({ ...event, hash: auditHash(event, sha256) });
  }
  return events;
}
const EVENTS = chain(9).slice(3);
const LAST = EVENTS[5];
if (!LAST) throw new Error('the chain has nine events');
const END = { seq: 9, hash: LAST.hash };

test('a stretch out of the middle is whole, up to the head that a checkpoint names', () => {
  expect(isWholeSegment(EVENTS, END, sha256)).toBe(true);
  expect(isWholeSegment(EVENTS, null, sha256)).toBe(true);
});

test.each<[string, (events: AuditEvent[]) => AuditEvent[]]>([
  ['a changed body', (events) => events.map((each) => (each.seq === 6 ? { ...each, body: '{"a":1}' } : each))],
  ['a changed time', (events) => events.map((each) => (each.seq === 6 ? { ...each, timeMs: 1 } : each))],
  ['an event left out', (events) => events.filter(({ seq }) => seq !== 6)],
  ['the end left out', (events) => events.slice(0, -1)],
  ['nothing', () => []],
])('%s is found', (_, work) => {
  expect(isWholeSegment(work(EVENTS), END, sha256)).toBe(false);
});

test('a chain that was written anew does not meet the checkpoint', () => {
  expect(isWholeSegment(EVENTS, { ...END, hash: 'f'.repeat(64) }, sha256)).toBe(false);
});
