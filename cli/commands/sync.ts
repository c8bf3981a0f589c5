// `sync`: sends what waits for the security service; with --once one pass, else until nothing waits.
import type { Command } from 'commander';
import { SyncAnswer } from '../../contract/cli.ts';
import { KeylineError } from '../../domain/errors.ts';
import { pause } from '../../domain/seams.ts';
import type { SyncView } from '../../domain/station-event.ts';
import { example, execute, type Registry } from '../command-line.ts';
import { syncText } from '../line-text.ts';
import { type ExitCode, tell } from '../outcome.ts';
import type { StationApiClient } from '../station-client.ts';
import type { CommonOptions, Use } from '../surroundings.ts';
import { withStation } from '../with-station.ts';

/** Between two passes while the service is away: often enough for a person who waits, rarely enough for a service. */
const TRY_AGAIN_MS = 5_000;

export function registerSync(root: Command, registry: Registry): void {
  const command = root
    .command('sync')
    .description('send what waits to the security service')
    .option('--once', 'one pass; without it until nothing waits or Ctrl+C');
  example(command, 'sync --once').action(() => {
    const options = command.optsWithGlobals<CommonOptions & { once?: boolean }>();
    return execute(registry, options, (use) => sync(use, options.once ?? false));
  });
}

async function sync(use: Use, once: boolean): Promise<ExitCode> {
  const interrupted = new AbortController();
  const stopListening = use.onInterrupt(() => interrupted.abort());
  try {
    // Each CA that signed is claimed already: what waits leaves with the station's own key alone.
    const view = await withStation(use, { practice: null, unlock: true, ca: null }, (api) =>
      once ? api.sync() : untilNothingWaits(use, api, interrupted.signal),
    );
    tell(use, SyncAnswer, view, [syncText(view)]);
    return 0;
  } finally {
    stopListening();
  }
}

async function untilNothingWaits(use: Use, api: StationApiClient, signal: AbortSignal): Promise<SyncView> {
  for (;;) {
    const view = await api.sync().catch((error: unknown) => {
      if (error instanceof KeylineError && error.code === 'SERVICE_UNREACHABLE') return error;
      throw error;
    });
    if (!(view instanceof KeylineError) && view.waiting + view.voidsWaiting === 0) return view;
    if (view instanceof KeylineError) use.terminal.say(view.message);
    if (signal.aborted) return (await api.status()).sync;
    await pause(use.clock, TRY_AGAIN_MS, signal);
  }
}
