import { afterAll, beforeAll, expect, test } from 'vitest';
import { newSampleKey, type SampleWorld, sampleCheckpoint, sampleHead, sampleWorld } from './service-sample.ts';

let world: SampleWorld;
beforeAll(async () => {
  world = await sampleWorld();
});
afterAll(() => world.close());

test('a checkpoint is taken only when it extends the last one', async () => {
  const { client, key } = await world.station('S1');
  const post = async (fields: object) => {
    const { status, body } = await world.ask(client, 'POST', '/v1/checkpoints', sampleCheckpoint('S1', key, fields));
    return status === 200 ? body : { status, code: Object(body).code };
  };
  const forked = { status: 409, code: 'STATION_FORKED' };
  const two = { seq: 200, head: sampleHead(2), prevSeq: 100, prevHead: sampleHead(1) };

  expect(await post(two)).toEqual(forked);
  expect(await post({})).toEqual({ result: 'created' });
  expect(await post({})).toEqual({ result: 'unchanged' });
  expect(await post({ seq: 120, head: sampleHead(9) })).toEqual(forked);
  expect(await post({ ...two, prevHead: sampleHead(9) })).toEqual(forked);
  expect(await post(two)).toEqual({ result: 'created' });
  expect(await post({ ...two, head: sampleHead(9) })).toEqual(forked);
  expect(await post({})).toEqual(forked);
  expect((await world.ask(client, 'GET', '/v1/counts')).body).toMatchObject({ checkpoint: { epoch: 1, seq: 200 } });

  // A restore from the first checkpoint goes on in a new epoch, and the old epoch is over.
  const restored = { epoch: 2, seq: 150, head: sampleHead(3), prevSeq: 100, prevHead: sampleHead(1) };
  expect(await post({ ...restored, prevHead: sampleHead(9) })).toEqual(forked);
  expect(await post(restored)).toEqual({ result: 'created' });
  expect(await post({ seq: 300, head: sampleHead(4), prevSeq: 200, prevHead: sampleHead(2) })).toEqual(forked);
});

test('a checkpoint that another key signed, or that names another station, is refused', async () => {
  const { client, key } = await world.station('S2');
  const refused = { status: 422, body: { code: 'CHECKPOINT_REFUSED' } };
  const forged = sampleCheckpoint('S2', newSampleKey(), {});
  expect(await world.ask(client, 'POST', '/v1/checkpoints', forged)).toMatchObject(refused);
  expect(await world.ask(client, 'POST', '/v1/checkpoints', sampleCheckpoint('S1', key, {}))).toMatchObject(refused);
});
