// Faults of the kind that real products have, planted one at a time (`npm run faults:mutants`). Nothing of it ships.
import type { Edit, Mutant } from './mutant.ts';

const RUNNER = 'station/job/job-runner.ts';
const MACHINE = 'station/job/job-machine.ts';
const DECISION = 'station/job/board-decision.ts';
const ADMISSION = 'station/line/admission.ts';
const SENDING = 'station/outbox/send-entries.ts';
const SCHEMA = 'db/migrations/001-station.ts';

function edit(file: string, from: string, to: string): Edit {
  return { file, from, to };
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'record-after-delivery',
    does: 'the signed certificate is recorded once it is on the board',
    foundBy: 'worlds',
    edits: [
      edit(
        RUNNER,
        'const news = [...opening, ...transition.facts];',
        `const all = [...opening, ...transition.facts];
    late.push(...all.filter(({ type }) => type === 'certificate-signed'));
    const news = all.filter(({ type }) => type !== 'certificate-signed');
    if (news.some(({ type }) => type === 'certificate-installed')) news.unshift(...late.splice(0));`,
      ),
      edit(RUNNER, 'let opening = run.opening;', 'let opening = run.opening;\n  const late: JobFact[] = [];'),
      edit(
        'station/job/perform.ts',
        "return { type: 'signed', certificate, fingerprint: sha256Hex(certificate) };",
        "inMemory.set(effect.certificateId, certificate);\n      return { type: 'signed', certificate, fingerprint: sha256Hex(certificate) };",
      ),
      edit(
        'station/job/perform.ts',
        "assert(row?.certificate, 'a leaf is installed after it was signed and recorded');\n  return item === 'leaf' ? row.certificate :",
        "const leaf = inMemory.get(certificateId) ?? row?.certificate;\n  assert(row && leaf, 'a leaf is there');\n  return item === 'leaf' ? leaf :",
      ),
      edit(
        'station/job/perform.ts',
        'function problem(refused: Refused): JobInput {',
        'const inMemory = new Map<number, Uint8Array>();\n\nfunction problem(refused: Refused): JobInput {',
      ),
    ],
  },
  {
    name: 'normal-instead-of-full',
    does: 'commits are not flushed',
    foundBy: 'power-cut',
    edits: [
      edit('db/sqlite.ts', "db.pragma('synchronous = FULL');", "db.pragma('synchronous = NORMAL');"),
      edit('db/sqlite.ts', 'const SYNCHRONOUS_FULL = 2;', 'const SYNCHRONOUS_FULL = 1;'),
    ],
  },
  {
    name: 'missing-unique-key',
    does: 'the database takes two certificates for one key',
    foundBy: 'worlds',
    edits: [edit(SCHEMA, 'spki_sha256 TEXT NOT NULL UNIQUE,', 'spki_sha256 TEXT NOT NULL,')],
  },
  {
    name: 'missing-unique-job',
    does: 'the database takes two open jobs of one device',
    foundBy: 'worlds',
    edits: [edit(SCHEMA, 'CREATE UNIQUE INDEX job_one_running', 'CREATE INDEX job_one_running')],
  },
  {
    name: 'acknowledged-before-commit',
    does: 'a release is told before it is on record',
    foundBy: 'worlds',
    edits: [
      edit(
        'station/station.ts',
        'this.#orders.command(actorId, order);',
        `if (order.command === 'release')
      this.#tell({ type: 'lot-changed', lot: { ...this.#lot(order.lotId), state: 'released' }, current: true });
    this.#orders.command(actorId, order);`,
      ),
    ],
  },
  {
    name: 'retry-signs-again',
    does: 'a job that goes on signs again, whatever was signed before',
    foundBy: 'worlds',
    edits: [edit(DECISION, 'if (facts.leafSha256 === null) return go', 'if (facts.certificateId !== null) return go')],
  },
  {
    name: 'resume-forgets-its-intent',
    does: 'a resume does not find the to-be-signed that was recorded before the cut',
    foundBy: 'worlds',
    edits: [
      edit(
        'station/line/intake.ts',
        'return standing?.jobId === jobId ? { ...facts, certificateId: standing.certificateId } : facts;',
        'return standing?.jobId === jobId ? facts : facts;',
      ),
    ],
  },
  {
    name: 'outbox-marked-before-the-answer',
    does: 'entries leave the list when they are sent',
    foundBy: 'worlds',
    edits: [
      edit(
        SENDING,
        'const sent = await sendSome(entries, sending);',
        `store.answered(entries.map(({ id }) => ({ id, state: 'accepted' })));
    const sent = await sendSome(entries, sending);`,
      ),
    ],
  },
  {
    name: 'quota-read-outside-the-transaction',
    does: 'what is left of the quota was read when the line started',
    foundBy: 'worlds',
    edits: [
      edit(ADMISSION, 'readonly #store: RecordStore;', 'readonly #store: RecordStore;\n  readonly #spent: number;'),
      edit(
        ADMISSION,
        'this.#store = parts.recorder.store;',
        'this.#store = parts.recorder.store;\n    this.#spent = this.#store.lotTally(parts.lotId).signatures;',
      ),
      edit(
        ADMISSION,
        'signatures + unsigned >= lot.quantity',
        'Math.min(signatures, this.#spent) + unsigned >= lot.quantity',
      ),
      edit(ADMISSION, 'store.lotTally(lot.lotId).signatures >= lot.quantity', 'this.#spent >= lot.quantity'),
    ],
  },
  {
    name: 'quota-counted-by-passes',
    does: 'a signature for a board that did not pass costs nothing',
    foundBy: 'worlds',
    edits: [
      edit(
        ADMISSION,
        'signatures + unsigned >= lot.quantity',
        'Math.min(signatures, passed) + unsigned >= lot.quantity',
      ),
      edit(
        ADMISSION,
        'store.lotTally(lot.lotId).signatures >= lot.quantity',
        'store.lotTally(lot.lotId).passed >= lot.quantity',
      ),
    ],
  },
  {
    name: 'resume-makes-a-new-key',
    does: 'a resume asks for a key with a fresh nonce',
    foundBy: 'worlds',
    edits: [
      edit(
        DECISION,
        'if (facts.keyNonce !== null && facts.spkiSha256 === null) {',
        'if (facts.keyNonce === freshNonce && facts.spkiSha256 === null) {',
      ),
    ],
  },
  {
    name: 'audit-outside-the-transaction',
    does: 'audit events are written in a transaction of their own',
    foundBy: 'worlds',
    edits: [
      edit(
        'station/records/recorder.ts',
        `return this.store.transaction(() => {
      const nowMs = this.clock.nowMs();
      return work((type, body) => this.#append(actorId, nowMs, type, body), nowMs);
    });`,
        `const nowMs = this.clock.nowMs();
    const late: (() => void)[] = [];
    const done = this.store.transaction(() =>
      work((type, body) => void late.push(() => this.#append(actorId, nowMs, type, body)), nowMs),
    );
    if (late.length > 0) this.store.transaction(() => late.forEach((append) => append()));
    return done;`,
      ),
    ],
  },
  {
    name: 'swallowed-refusal',
    does: 'what the service refused is marked registered',
    foundBy: 'worlds',
    edits: [
      edit(
        SENDING,
        "return { id, state: 'refused', code: result.reason };",
        "return result.reason ? { id, state: 'accepted' } : { id, state: 'refused', code: result.reason };",
      ),
    ],
  },
  {
    name: 'lock-not-proved',
    does: 'a lock that was answered is recorded as locked',
    foundBy: 'worlds',
    edits: [
      edit(
        DECISION,
        "if (board.life !== 'locked') return end(facts, 'LOCK_FAILED'",
        "if (board.life === 'blank') return end(facts, 'LOCK_FAILED'",
      ),
      edit(
        DECISION,
        `return go('proving-lock', facts, { do: 'prove', spkiSha256: known(facts.spkiSha256) }, []);`,
        `return go('checking-groups', facts, { do: 'check-groups' }, []);`,
      ),
    ],
  },
  {
    name: 'green-before-record',
    does: 'a job is told to have ended before its end is on record',
    foundBy: 'worlds',
    edits: [
      edit(
        RUNNER,
        'run.records.advance(run.jobId, {',
        `const advance: typeof run.records.advance = (...values) =>
        state.at === 'ended'
          ? void run.resources.clock.after(5, () => run.records.advance(...values))
          : run.records.advance(...values);
      advance(run.jobId, {`,
      ),
    ],
  },
  {
    name: 'void-entry-forgotten',
    does: 'a signed certificate of a board that failed never leaves as void',
    foundBy: 'worlds',
    edits: [
      edit(
        'station/records/certificate-records.ts',
        "    store.insertOutbox({ kind: 'void', payload, certificateId: row.certificateId });",
        '    void payload;',
      ),
    ],
  },
  {
    name: 'lock-before-its-intent',
    does: 'a lock is ordered without its plan on record',
    foundBy: 'worlds',
    edits: [
      edit(
        MACHINE,
        "order, [{ type: 'lock-intended', plan }]);",
        "order, plan.length > 99 ? [{ type: 'lock-intended', plan }] : []);",
      ),
    ],
  },
  {
    name: 'key-before-its-intent',
    does: 'a key is asked for without its nonce on record',
    foundBy: 'worlds',
    edits: [edit(DECISION, "{ type: 'key-intended', nonce: freshNonce, was: present },\n  ]);", ']);')],
  },
  {
    name: 'checkpoint-from-the-start',
    does: 'a checkpoint does not follow the one before',
    foundBy: 'worlds',
    edits: [edit('station/records/checkpoints.ts', 'prevSeq: last?.seq ?? 0,', 'prevSeq: 0,')],
  },
  {
    name: 'restore-without-a-new-epoch',
    does: 'a restore puts the backup in place and goes on',
    foundBy: 'worlds',
    edits: [
      edit(
        'cli/restore-station.ts',
        'const epoch = 1 + Math.max(fromEpoch, known,',
        'const epoch = Math.max(fromEpoch, known,',
      ),
      edit(
        'cli/restore-station.ts',
        '    recordRestore(recorder,',
        '    if (epoch > fromEpoch) recordRestore(recorder,',
      ),
    ],
  },
  {
    name: 'restore-reuses-a-serial-range',
    does: 'lots of the backup give out serials again',
    foundBy: 'worlds',
    edits: [edit('station/records/restore-records.ts', 'store.abandonLot(lotId, epoch);', '')],
  },
  {
    name: 'rolled-back-not-noticed',
    does: 'an older file of records is worked on',
    foundBy: 'worlds',
    edits: [
      edit(
        'db/chain-mark.ts',
        'if (!mark || epoch > mark.epoch) return false;',
        'if (!mark || epoch >= mark.epoch) return false;',
      ),
    ],
  },
  {
    name: 'injection-recorded-after-sending',
    does: 'a sealed key is on record once its board has answered',
    foundBy: 'worlds',
    edits: [
      edit(MACHINE, 'function keySealed(', 'const late = new Map<string | null, JobFact>();\n\nfunction keySealed('),
      edit(
        MACHINE,
        `message }, [
    { type: 'injection-intended', ...intent },
  ]);`,
        `message }, []);
  late.set(spkiSha256, { type: 'injection-intended', ...intent });
  return sent;`,
      ),
      edit(
        MACHINE,
        "return go('injecting-key', { ...facts, sealed",
        "const sent = go('injecting-key', { ...facts, sealed",
      ),
      edit(
        MACHINE,
        'if (how.spkiSha256 === facts.sealedSha256) return keyInjected(facts, []);',
        `const intent = late.get(facts.sealedSha256);
    if (how.spkiSha256 === facts.sealedSha256) return keyInjected(facts, intent ? [intent] : []);`,
      ),
    ],
  },
  {
    name: 'sealed-key-left-open',
    does: 'a sealed key whose job is over is not void',
    foundBy: 'worlds',
    edits: [edit('station/records/job-records.ts', 'of store.unusedKeys(jobId)) {', 'of store.unusedKeys(-jobId)) {')],
  },
  {
    name: 'closed-over-a-conflict',
    does: 'a lot is closed although the service refused one of its boards for another',
    foundBy: 'worlds',
    edits: [
      edit(
        'station/records/lot-records.ts',
        "if (next === 'closed' && store.openConflicts(lotId) > 0)",
        "if (next === 'closed' && store.openConflicts(lotId) > 999)",
      ),
      edit('test/faults/world/deciding.ts', "if (sent === 'refused' &&", "if (sent === 'accepted' &&"),
    ],
  },
];
