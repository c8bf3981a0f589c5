// What gets through from a screen to the station's API, and when the answers leave.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FakeClock } from '../simulator/fake-clock.ts';
import { MAX_MESSAGE_CHARS } from './parent-messages.ts';
import { StationPort } from './station-port.ts';

function openPort() {
  const clock = new FakeClock();
  const frames: unknown[][] = [];
  const heard: unknown[] = [];
  let refused = 0;
  const port = new StationPort({ clock, send: (frame) => frames.push(frame), refused: () => refused++ });
  port.on('message', (event) => heard.push(event?.data));
  return { clock, frames, heard, port, refused: () => refused };
}

const call = (u: string, more: object = {}) => JSON.stringify({ i: '1', p: { u, b: { json: {} }, ...more } });

describe('a message from a screen', () => {
  test.each([call('/status'), call('/lot/command'), JSON.stringify({ i: '1', t: 4 })])('is taken: %s', (message) => {
    const { port, heard, refused } = openPort();
    port.deliver(message);
    expect(heard).toEqual([message]);
    expect(refused()).toBe(0);
  });

  test.each([
    ['headers', call('/status', { h: { 'content-disposition': 'attachment; filename=x' } })],
    ['another address', call('https://example.com/')],
    ['a way up', call('/../status')],
    ['a stream', JSON.stringify({ i: '1', t: 3, p: {} })],
    ['no JSON', '{'],
    ['too much', call('/status', { b: 'x'.repeat(MAX_MESSAGE_CHARS) })],
  ])('is refused with %s', (_what, message) => {
    const { port, heard, refused } = openPort();
    port.deliver(message);
    expect(heard).toEqual([]);
    expect(refused()).toBe(1);
  });

  test('of any other kind never reaches the API', () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        const { port, heard } = openPort();
        port.deliver(message);
        expect(heard).toEqual([]);
      }),
    );
  });
});

test('answers of one frame leave together and in order', () => {
  const { port, clock, frames } = openPort();
  for (const answer of ['a', 'b', 'c']) port.postMessage(answer);
  expect(frames).toEqual([]);
  clock.advance(16);
  port.postMessage('d');
  clock.advance(16);
  expect(frames).toEqual([['a', 'b', 'c'], ['d']]);
});
