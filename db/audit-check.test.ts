// The chain against checkpoints that lie outside the records, also after a restore left some of them to a life that ended.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SignedCheckpoint } from '../domain/checkpoint.ts';
import { systemClock } from '../station/clock.ts';
import { Checkpoints } from '../station/records/checkpoints.ts';
import { Recorder } from '../station/records/recorder.ts';
import { recordRestore } from '../station/records/restore-records.ts';
import { checkAudit } from './audit-check.ts';
import { copyFiles } from './backup-files.ts';
import { appendCheckpoint, CHECKPOINT_COPIES, copiedCheckpoints } from './checkpoint-copies.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { digest } from './station-sample.ts';
import { type OpenStationStore, openStationStore } from './station-store.ts';

let dir: string;
let folder: DataFolder;
let open: OpenStationStore;
let recorder: Recorder;
/** What lies in the folder of copies. */
let copies: SignedCheckpoint[];

/** Of the life that ended: made after the backup, at an event that the restored records do not have. */
const LOST = {
  checkpoint: {
    ...{ stationId: 'KL-1', epoch: 1, seq: 9, head: digest(9), timeMs: 9 },
    ...{ prevSeq: 4, prevHead: digest(4) },
  },
  signature: 'signed',
};

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'keyline-audit-'));
  folder = openDataFolder(join(dir, 'station'), process.platform);
  open = openStationStore(folder.stationDatabase);
  recorder = new Recorder(open.store, systemClock);
  copies = [];
  recorder.commit('station', (append) => {
    open.store.insertStation({ stationId: 'KL-1', practice: true, epoch: 1, createdMs: 1 });
    append('station-created', {});
    for (let i = 0; i < 3; i++) append('device-seen', { i });
  });
  pin();
});
afterEach(() => {
  open.close();
  rmSync(dir, { recursive: true, force: true });
});

function pin(): void {
  const copyOut = (signed: SignedCheckpoint) => void copies.push(signed);
  new Checkpoints(recorder, () => 'signed', copyOut).make(true);
}

function grow(events: number): void {
  recorder.commit('station', (append) => {
    for (let i = 0; i < events; i++) append('device-seen', { i });
  });
}

function restore(): void {
  const { seq, hash } = open.store.chainHead();
  recordRestore(recorder, { actorId: 'ann', epoch: 2, backupSeq: seq, backupHead: hash, freshRange: null });
}

function writeCopies(): void {
  mkdirSync(folder.backup, { recursive: true });
  writeFileSync(join(folder.backup, CHECKPOINT_COPIES), copies.map((signed) => `${JSON.stringify(signed)}\n`).join(''));
}

function verdict() {
  writeCopies();
  return checkAudit(folder.stationDatabase, folder.backup);
}

test('records that were put back lack what a checkpoint names, unless a restore stands in their chain', () => {
  copies.push(LOST);
  expect(verdict()).toMatchObject({ ok: false, missingAfter: 5 });
  restore();
  expect(verdict()).toMatchObject({ ok: true });
  grow(20);
  expect(verdict()).toMatchObject({ ok: true });
});

test('what was pinned up to the backup, or after the restore, is held against the chain as ever', () => {
  restore();
  grow(2);
  pin();
  expect(copies.map(({ checkpoint: { epoch, seq } }) => [epoch, seq])).toEqual([
    [1, 4],
    [2, 8],
  ]);
  for (const { checkpoint, signature } of copies) {
    copies = [{ checkpoint: { ...checkpoint, head: digest(15) }, signature }];
    expect(verdict()).toMatchObject({ ok: false, firstBad: checkpoint.seq });
  }
});

test('a restore that only a table tells of is none', () => {
  copies.push(LOST);
  recorder.commit('station', () => {
    const row = { epoch: 2, fromEpoch: 1, backupSeq: 4, backupHead: digest(4), freshRange: null };
    open.store.insertRestore({ ...row, restoredMs: 7, serialsReadMs: null });
  });
  expect(verdict()).toMatchObject({ ok: false, missingAfter: 5 });
});

test('a copy into a folder that holds checkpoints of another life keeps those and adds its own, each once', () => {
  const target = join(dir, 'to');
  mkdirSync(target);
  const copied = () => {
    writeCopies();
    copyFiles(folder, target);
    return readFileSync(join(target, CHECKPOINT_COPIES), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => SignedCheckpoint.parse(JSON.parse(line)).checkpoint.seq);
  };
  copies.push(LOST);
  expect(copied()).toEqual([4, 9]);
  copies = [{ ...LOST, checkpoint: { ...LOST.checkpoint, epoch: 2, seq: 7 } }];
  expect(copied()).toEqual([4, 9, 7]);
  expect(copied()).toEqual([4, 9, 7]);
});

test('half a line that a power cut left takes no whole checkpoint with it', () => {
  mkdirSync(folder.backup, { recursive: true });
  writeFileSync(join(folder.backup, CHECKPOINT_COPIES), '{"checkpoint":{"epo');
  appendCheckpoint(folder.backup, LOST);
  appendCheckpoint(folder.backup, LOST);
  expect(copiedCheckpoints(folder.backup)).toEqual([LOST, LOST]);
});
