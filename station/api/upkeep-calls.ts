// The calls behind Settings and Diagnostics, handed to the station's desks.
import type { Guarded } from './guarded.ts';
import type { LiveStation } from './live-station.ts';

export function upkeepCalls(os: Guarded, { upkeep }: LiveStation) {
  const { slotMap, recipes, cloud, diagnostics, practice } = upkeep;
  return {
    slotMap: {
      read: os.slotMap.read.handler(() => slotMap.read()),
      teach: os.slotMap.teach.handler(({ context, input }) => slotMap.teach(context.actorId, input)),
    },
    recipes: {
      list: os.recipes.list.handler(() => recipes.list()),
      add: os.recipes.add.handler(({ context, input }) => recipes.add(context.actorId, input.path)),
      check: os.recipes.check.handler(({ input }) => recipes.check(input.recipeSha256)),
    },
    cloud: {
      read: os.cloud.read.handler(() => cloud.read()),
      test: os.cloud.test.handler(() => cloud.test()),
    },
    practice: { open: os.practice.open.handler(() => practice.open()) },
    diagnostics: {
      trace: os.diagnostics.trace.handler(({ input }) => diagnostics.trace(input.slot, input.after)),
      saveTrace: os.diagnostics.saveTrace.handler(({ input }) => diagnostics.saveTrace(input.slot, input.dir)),
      selfTest: os.diagnostics.selfTest.handler(() => diagnostics.selfTest()),
      heat: os.diagnostics.heat.handler(() => diagnostics.heat()),
      slotResults: os.diagnostics.slotResults.handler(({ input }) => diagnostics.slotResults(input.slot)),
      bundle: os.diagnostics.bundle.handler(({ input }) => diagnostics.bundle(input.dir)),
    },
  };
}
