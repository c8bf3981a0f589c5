// `run`: the line, in this process, until the lot is full or Ctrl+C. Boards in work are finished; what a second Ctrl+C
// leaves goes on when the board is inserted again.
import type { Command } from 'commander';
import { RunAnswer } from '../../contract/cli.ts';
import { openQueries } from '../../db/queries.ts';
import { KeylineError } from '../../domain/errors.ts';
import { Name } from '../../domain/ids.ts';
import type { LotView, SlotView } from '../../domain/station-event.ts';
import { lotView } from '../../station/line/lot-view.ts';
import { activeCaOf } from '../ca-record.ts';
import { example, execute, fitting, type Registry, wholeNumber } from '../command-line.ts';
import { type LineProgress, lineProgress } from '../line-progress.ts';
import { type LineOrder, runLine } from '../line-run.ts';
import { lotText, syncText } from '../line-text.ts';
import { type ExitCode, tell } from '../outcome.ts';
import type { StationApiClient } from '../station-client.ts';
import type { CommonOptions, Use } from '../surroundings.ts';
import { withOwnStation } from '../with-station.ts';

interface RunOptions extends CommonOptions {
  readonly lot: string;
  readonly ports: string;
  readonly slots: number;
}

export function registerRun(root: Command, registry: Registry): void {
  const command = root
    .command('run')
    .description('run the line for a released lot')
    .requiredOption('--lot <name>', 'the lot', fitting(Name, 'the name of a lot'))
    .requiredOption('--ports <where>', 'folder of links, one port, /dev or COM* for every USB port, tcp://host:port')
    .option('--slots <n>', 'slots of the line', wholeNumber(1, 64), 8);
  example(command, 'run --lot L-1 --ports /dev/serial/by-path --slots 8').action(() => {
    const options = command.optsWithGlobals<RunOptions>();
    return execute(registry, options, (use) => run(use, options));
  });
}

async function run(use: Use, { lot: lotId, ports, slots }: RunOptions): Promise<ExitCode> {
  if (ports === '' || ports.length > 4096) throw new KeylineError('PORTS_INVALID', 'it is empty or too long');
  // Says that there is none before a passphrase is asked for.
  await activeCaOf(use);
  return withOwnStation(use, { practice: null, unlock: true }, (api) => runToEnd(use, api, { lotId, ports, slots }));
}

async function runToEnd(use: Use, api: StationApiClient, order: LineOrder): Promise<ExitCode> {
  const startedMs = use.clock.monotonicMs();
  const progress = lineProgress(use.terminal, use.clock);
  let slots: readonly SlotView[] = [];
  const stop = new AbortController();
  const stopListening = use.onInterrupt(() => interrupted(use, progress, stop, slots));
  try {
    const end = await runLine(api, order, {
      stop: stop.signal,
      changed(event, now, lot) {
        slots = now;
        progress.show(event, now, lot);
      },
    });
    const lot = lotOnRecord(use, order.lotId);
    progress.end(end.slots);
    const { sync } = await api.status();
    const { lotId, passed, failed, errored, aborted, running } = lot;
    const { made, registered, waiting, refused } = sync;
    const answer = {
      ...{ lotId, passed, failed, errored, aborted, running, made, registered, waiting, refused },
      devices: passed + failed + errored + aborted + running,
      ended: end.ended,
      durationMs: Math.round(use.clock.monotonicMs() - startedMs),
    };
    tell(use, RunAnswer, answer, [lotText(lot), syncText(sync)]);
    return failed + errored + aborted + running > 0 ? 1 : 0;
  } finally {
    stopListening();
  }
}

/** The first Ctrl+C stops admission. A second one leaves, unless a board is being locked. */
function interrupted(use: Use, progress: LineProgress, stop: AbortController, slots: readonly SlotView[]): void {
  if (!stop.signal.aborted) {
    stop.abort();
    progress.say('No more boards are let in. Boards in work will finish; Ctrl+C again leaves them as they are.');
  } else if (slots.some(({ state }) => state === 'locking')) {
    progress.say('A board is being locked. Do not remove it; this ends in a moment.');
  } else {
    progress.say('Left. A board that was in work goes on when it is inserted again.');
    use.leave(1);
  }
}

function lotOnRecord(use: Use, lotId: string): LotView {
  const records = openQueries(use.folder.stationDatabase);
  const nowMs = use.clock.nowMs();
  try {
    const found = records.lot(lotId, nowMs);
    if (!found) throw new KeylineError('LOT_UNKNOWN', lotId);
    return lotView(found.lot, found, nowMs, () => null);
  } finally {
    records.close();
  }
}
