// `status`: the line, the lot and the outbox now. Asks the process that holds the folder; without one, the records.
import type { Command } from 'commander';
import { StatusAnswer } from '../../contract/cli.ts';
import type { StationStatus } from '../../contract/station-api.ts';
import { openQueries, type StationQueries } from '../../db/queries.ts';
import { KeylineError } from '../../domain/errors.ts';
import { languageOf } from '../../domain/person.ts';
import type { StationFacts } from '../../domain/station-event.ts';
import { socketAddress } from '../../station/api/socket-address.ts';
import { lastCopies } from '../../station/copies/copy-settings.ts';
import { labelSettings } from '../../station/labels/label-settings.ts';
import { lotView } from '../../station/line/lot-view.ts';
import { benchOf, fixturesOf, pixelMmOf } from '../../station/lots/settings.ts';
import { example, execute, type Registry } from '../command-line.ts';
import { lotText, slotText, stopText, syncText } from '../line-text.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { socketClient } from '../station-client.ts';
import { keysThere } from '../station-keys.ts';
import type { Use } from '../surroundings.ts';

export function registerStatus(root: Command, registry: Registry): void {
  const command = root.command('status').description('show the line, the lot and what waits for the security service');
  example(command, 'status --json').action(() => execute(registry, command.optsWithGlobals(), showStatus));
}

async function showStatus(use: Use): Promise<ExitCode> {
  const status = (await liveStatus(use)) ?? recordedStatus(use);
  tell(use, StatusAnswer, status, statusLines(status));
  return 0;
}

/** What the holder of the folder says, or null when nobody holds it. */
async function liveStatus(use: Use): Promise<StationStatus | null> {
  const address = socketAddress({ path: use.folder.socket, platform: use.around.platform });
  if (address === null) return null;
  const client = socketClient(address);
  try {
    return await client.api.status();
  } catch (error) {
    if (error instanceof KeylineError && error.code === 'STATION_GONE') return null;
    throw error;
  } finally {
    await client.close();
  }
}

function recordedStatus(use: Use): StationStatus {
  const records = openQueries(use.folder.stationDatabase);
  try {
    return records.together(() => {
      const station = records.station();
      if (!station) throw new KeylineError('NO_STATION');
      const { stationId, practice } = station;
      const nowMs = use.clock.nowMs();
      const released = records.lots(nowMs).find(({ lot }) => lot.state === 'released');
      const lot = released ? lotView(released.lot, released, nowMs, () => null) : null;
      const uncopied = records.uncopied(lastCopies(records)?.copiedOutboxId ?? 0, Number.MAX_SAFE_INTEGER);
      const sync = { ...records.syncCounts(), notCopied: uncopied, drainMs: null, online: null };
      const facts = recordedFacts(use, records);
      const quiet = { trouble: null, mismatch: null, last: null };
      const labels = { settings: labelSettings(records), waiting: records.waitingLabelCount(), ...quiet };
      return { stationId, practice, lineRunning: false, stoppedBy: null, slots: [], lot, sync, facts, labels };
    });
  } finally {
    records.close();
  }
}

/** Nobody is signed in while no station runs, and its keys are locked. */
function recordedFacts(use: Use, records: StationQueries): StationFacts {
  const { ca, stationKey } = keysThere(use.folder);
  return {
    ...{
      person: null,
      pinFor: null,
      language: languageOf(records.people()),
      hasPeople: records.people().length > 0,
      signing: ca ? 'locked' : 'none',
      keysLocked: ca || stationKey,
    },
    ...{ fixtures: fixturesOf(records, benchOf(records)), unknownPorts: [] },
    ...{ bench: benchOf(records), pixelMm: pixelMmOf(records) },
  };
}

function statusLines({
  stationId,
  practice,
  lineRunning,
  stoppedBy,
  slots,
  lot,
  sync,
  labels,
}: StationStatus): string[] {
  return [
    `Station ${stationId}${practice ? ', for practice' : ''}. The line ${lineRunning ? 'runs' : 'does not run'}.`,
    ...(stoppedBy === null ? [] : [stopText(stoppedBy)]),
    ...slots.map(slotText),
    lot === null ? 'No lot is released.' : lotText(lot),
    syncText(sync),
    ...(labels.waiting === 0 ? [] : [`Labels that wait for their printer: ${labels.waiting}.`]),
  ];
}
