// A practice station of this process on a temporary data folder, for measurements that need to stand inside it.
// Without a security service: what it makes waits in its outbox.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRACTICE_RECIPES } from '../cli/practice/practice-plan.ts';
import { openDataFolder } from '../db/data-folder.ts';
import { lotFiles } from '../db/lot-files.ts';
import { openStationStore } from '../db/station-store.ts';
import type { Clock } from '../domain/seams.ts';
import { PRACTICE_PASSPHRASE, unlockCa } from '../station/identity/ca-folder.ts';
import { createCa } from '../station/identity/ca-making.ts';
import { sealInChild } from '../station/identity/injection/seal-in-child.ts';
import { localIssuer } from '../station/identity/local-issuer.ts';
import { Secret } from '../station/identity/secret.ts';
import type { PortSource } from '../station/port/byte-port.ts';
import { portSourceFrom } from '../station/port/port-source.ts';
import { systemRandom } from '../station/random.ts';
import { Station } from '../station/station.ts';

export interface BenchStation {
  /** Holds all that the run leaves; gone after `close`. */
  readonly dir: string;
  readonly station: Station;
  /** Rejects with the first bug of a slot. */
  readonly bug: Promise<never>;
  /** Lot L1, released. */
  createLot(quantity: number): Promise<void>;
  close(): Promise<void>;
}

/** `seen` gets the source of ports that a line will use, and answers the one it is given. */
export async function benchStation(clock: Clock, seen: (source: PortSource) => PortSource): Promise<BenchStation> {
  const dir = mkdtempSync(join(tmpdir(), 'keyline-bench-'));
  const folder = openDataFolder(join(dir, 'station'), process.platform);
  const { store, close } = openStationStore(folder.stationDatabase);
  const nowMs = clock.nowMs();
  store.transaction(() => store.insertStation({ stationId: 'KL-bench', practice: true, epoch: 1, createdMs: nowMs }));
  const passphrase = Secret.fromText(PRACTICE_PASSPHRASE);
  const organization = 'Example Works';
  const ca = await createCa(folder.keys, { practice: true, organization, passphrase, nowMs, random: systemRandom });
  const { promise: bug, reject } = Promise.withResolvers<never>();
  bug.catch(() => {});
  const station = new Station({
    ...{
      clock,
      random: systemRandom,
      lockedKeys: null,
      holdsFactorySecret: () => false,
      seal: sealInChild(process.execPath, clock),
      hasSpace: () => true,
      boardsFit: () => 1_000_000,
      onBug: reject,
    },
    stores: {
      records: store,
      outbox: store,
      enrolments: store,
      people: store,
      settings: store,
      lotPages: store,
      files: lotFiles(folder),
    },
    ports: (text, count) => seen(portSourceFrom(text, count, clock)),
    shelf: { whole: [ca], requested: [] },
    keys: {
      issuers: [localIssuer(ca, await unlockCa(ca, passphrase), systemRandom)],
      ...{ connect: null, checkpoints: null, factorySecrets: new Map() },
    },
    log: { info() {}, warn() {}, error() {} },
  });
  return {
    ...{ dir, station, bug },
    async createLot(quantity) {
      const last = String(quantity * 2).padStart(6, '0');
      await station.lots.create('bench', {
        ...{ lotId: 'L1', orderId: 'W1', practice: true, quantity, spare: quantity, stopAfter: 0, release: true },
        ...{ serialRange: `B-000001..B-${last}`, recipePath: PRACTICE_RECIPES['on-chip'] },
      });
    },
    async close() {
      await station.close();
      close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
