// One practice lot from bare boards to boards that the security service lets in. The station runs here; the service and
// the boards are processes of their own, as they are on a real line.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Recipe } from '../../domain/recipe.ts';
import type { ControlEvent } from '../../simulator/control-messages.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../../simulator/simulator-process.ts';
import type { Use } from '../surroundings.ts';
import { authenticateAll, registerAll, serviceReturns } from './practice-cloud.ts';
import { openPracticeFolder, practicePaths } from './practice-folder.ts';
import { runLot } from './practice-lot.ts';
import { type Bench, type PracticeOptions, type PracticeRun, practiceRecipe } from './practice-plan.ts';
import { type PracticeReport, practiceReport, type RunFigures } from './practice-report.ts';

/**
 * Throws what setting up refuses, and the reason of `stop`; boards that do not pass are in the report. When it settles,
 * service and boards have ended.
 */
export async function runPractice(run: PracticeRun): Promise<PracticeReport> {
  const { use, options, say } = run;
  const startedMs = use.clock.monotonicMs();
  say('Starting the practice security service, its station and a test CA ...');
  const service = await openPracticeFolder(use);
  let hear: (event: ControlEvent) => void = () => {};
  const listen = (listener: typeof hear) => {
    hear = listener;
  };
  const simulator = await startBoards(use, options, (event) => hear(event)).catch(async (error: unknown) => {
    await service.stop();
    throw error;
  });
  const bench: Bench = { service, simulator };
  try {
    const figures = await Promise.race([fromLotToAdmission(run, bench, service.port, listen), stopped(run.stop)]);
    return practiceReport({
      ...{ ...figures, dataDir: use.folder.path, withFaults: options.faults.length > 0 },
      durationMs: use.clock.monotonicMs() - startedMs,
    });
  } finally {
    await bench.simulator.stop();
    await bench.service?.stop();
  }
}

async function fromLotToAdmission(
  run: PracticeRun,
  bench: Bench,
  servicePort: number,
  listen: (listener: (event: ControlEvent) => void) => void,
): Promise<Omit<RunFigures, 'dataDir' | 'withFaults' | 'durationMs'>> {
  const { results, waitingPeak, registered } = await runLot(run, bench, listen);
  bench.service ??= await serviceReturns(run, bench, servicePort, results);
  run.say('Registering what waits ...');
  const sync = await registerAll(run.use);
  run.say('Every board asks the security service to be let in ...');
  const admissions = await authenticateAll(bench, results);
  const devices = await bench.simulator.list();
  return { results, waitingPeak, registeredAtReturn: registered, sync, admissions, devices };
}

/** Rejects when the signal aborts. */
function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** The simulated boards of a run, in a process of their own. `hear` gets what faults do. */
export function startBoards(
  use: Use,
  options: PracticeOptions,
  hear: (event: ControlEvent) => void,
): Promise<SimulatorProcess> {
  const { slots, devices, baud, seed, faults, boards } = options;
  const { devices: stateDir, ports } = practicePaths(use.folder.path);
  const recipe = Recipe.parse(JSON.parse(readFileSync(practiceRecipe(options), 'utf8')));
  return startSimulatorProcess(
    {
      ...{ slots, devices, baud, seed, dir: ports, firmware: null, model: recipe.model },
      stateDir: join(stateDir, String(seed)),
      faults: faults === 'all' ? 'all' : [...faults],
      hardwareRevision: recipe.hardwareRevisions[0] ?? '',
      ...(boards && { boards }),
    },
    hear,
  );
}
