// An officer at the service decides about devices that nobody registered, beside the service that runs.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SampleCa, type SampleWorld, sampleWorld } from '../cloud/service-sample.ts';
import { UnclaimedListAnswer } from '../contract/cli.ts';
import { type TestWorld, testWorld } from './test-terminal.ts';

let world: SampleWorld;
let ca: SampleCa;
let at: TestWorld;
beforeAll(async () => {
  world = await sampleWorld();
  ({ ca } = await world.station('S1'));
  at = testWorld();
});
afterAll(async () => {
  at.dispose();
  await world.close();
});

const unclaimed = (...args: string[]) => at.keyline('service', 'unclaimed', ...args, '--data', world.dataDir);

test('each is listed until it is adopted or revoked, with a reason, once', async () => {
  const leaves = [ca.leaf(1), ca.leaf(2)];
  for (const leaf of leaves) await world.ask(leaf.client, 'POST', '/v1/admission');
  const { answers } = await unclaimed('list', '--json');
  const { certificates } = UnclaimedListAnswer.parse(JSON.parse(answers[0] ?? ''));
  expect(certificates.map(({ fingerprint }) => fingerprint)).toEqual(
    leaves.map(({ facts }) => facts.fingerprint).sort(),
  );
  const [first = '', second = ''] = leaves.map(({ facts }) => facts.fingerprint);
  expect(await unclaimed('adopt', first)).toMatchObject({ code: 2 });
  expect(await unclaimed('adopt', first, '--because', 'order 7')).toMatchObject({ code: 0 });
  expect(await unclaimed('revoke', second, '--because', 'stolen')).toMatchObject({ code: 0 });
  expect((await unclaimed('revoke', second, '--because', 'stolen')).said.join()).toMatch(/waits for a decision/);
  expect((await unclaimed('list')).answers).toEqual(['There is none.']);
  const admitted = leaves.map(async (leaf) => (await world.ask(leaf.client, 'POST', '/v1/admission')).body);
  expect(await Promise.all(admitted)).toMatchObject([{ admitted: true }, { admitted: false, reason: 'VOID' }]);
});
