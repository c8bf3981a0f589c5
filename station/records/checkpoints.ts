// Signed checkpoints pin the audit chain outside the database (CERTAINTY.md, Restore, copies, two stations).
import { CHAIN_START } from '../../domain/audit-event.ts';
import { checkpointText, type SignedCheckpoint } from '../../domain/checkpoint.ts';
import { assert } from '../../domain/errors.ts';
import { type Recorder, STATION_ACTOR } from './recorder.ts';

/** CERTAINTY.md: every 100 events and at lot close. */
const EVENTS_BETWEEN = 100;

export class Checkpoints {
  readonly #recorder: Recorder;
  /** Signs UTF-8 text with the station key; base64 of the DER signature. */
  readonly #sign: (text: string) => string;
  /** Writes it outside the database, durable before it returns. */
  readonly #copyOut: (signed: SignedCheckpoint) => void;

  constructor(recorder: Recorder, sign: (text: string) => string, copyOut: (signed: SignedCheckpoint) => void) {
    this.#recorder = recorder;
    this.#sign = sign;
    this.#copyOut = copyOut;
  }

  /** Makes one when enough happened since the last, or whenever anything did and `now` says so. */
  make(now: boolean): void {
    const { store } = this.#recorder;
    const last = store.lastCheckpoint()?.checkpoint ?? null;
    const grown = store.chainHead().seq - (last?.seq ?? 0);
    // The event that says "checkpoint signed" follows the checkpoint, and is no reason for the next one.
    if (grown <= 1 || (!now && grown < EVENTS_BETWEEN)) return;
    const signed = this.#recorder.commit(STATION_ACTOR, (append, timeMs) => {
      const station = store.station();
      assert(station, 'a checkpoint is signed by a station');
      const head = store.chainHead();
      const checkpoint = {
        ...{ stationId: station.stationId, epoch: station.epoch, seq: head.seq, head: head.hash, timeMs },
        prevSeq: last?.seq ?? 0,
        prevHead: last?.head ?? CHAIN_START,
      };
      const made = { checkpoint, signature: this.#sign(checkpointText(checkpoint)) };
      store.insertCheckpoint(made);
      append('checkpoint-signed', { seq: checkpoint.seq, head: checkpoint.head });
      return made;
    });
    this.#copyOut(signed);
  }
}
