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
import { type Bench, type PracticeOptions, type PracticeRun, RECIPE } from './practice-plan.ts';
import { type PracticeReport, practiceReport } from './practice-report.ts';

/** Throws what setting up refuses; boards that do not pass are in the report. */
export async function runPractice(run: PracticeRun): Promise<PracticeReport> {
  const { use, options, say } = run;
  const startedMs = use.clock.monotonicMs();
  say('Starting the practice security service, its station and a test CA ...');
  const service = await openPracticeFolder(use);
  let hear: (event: ControlEvent) => void = () => {};
  const simulator = await startBoards(use, options, (event) => hear(event)).catch(async (error: unknown) => {
    await service.stop();
    throw error;
  });
  const bench: Bench = { service, simulator };
  try {
    const line = await runLot(run, bench, (listener) => {
      hear = listener;
    });
    bench.service ??= await serviceReturns(run, bench, service.port, line.results);
    say('Registering what waits ...');
    const sync = await registerAll(use);
    say('Every board asks the security service to be let in ...');
    const admissions = await authenticateAll(bench, line.results);
    return practiceReport({
      ...{ sync, admissions, dataDir: use.folder.path, waitingPeak: line.waitingPeak },
      registeredAtReturn: line.registered,
      ...{ durationMs: use.clock.monotonicMs() - startedMs, withFaults: options.faults.length > 0 },
      results: line.results,
      devices: await bench.simulator.list(),
    });
  } finally {
    await bench.simulator.stop();
    await bench.service?.stop();
  }
}

/** The simulated boards of a run, in a process of their own. `hear` gets what faults do. */
export function startBoards(
  use: Use,
  options: PracticeOptions,
  hear: (event: ControlEvent) => void,
): Promise<SimulatorProcess> {
  const { slots, devices, baud, seed, faults } = options;
  const { devices: stateDir, ports } = practicePaths(use.folder.path);
  const recipe = Recipe.parse(JSON.parse(readFileSync(RECIPE, 'utf8')));
  return startSimulatorProcess(
    {
      ...{ slots, devices, baud, seed, dir: ports, firmware: null, model: recipe.model },
      stateDir: join(stateDir, String(seed)),
      faults: faults === 'all' ? 'all' : [...faults],
      hardwareRevision: recipe.hardwareRevisions[0] ?? '',
    },
    hear,
  );
}
