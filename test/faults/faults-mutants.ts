// `npm run faults:mutants`: plants each fault in turn and says which run found it, and by which rule. Ends with 1 where
// one was not found: then the checker is blind there.
import { parseArgs } from 'node:util';
import { MUTANTS } from './mutants/mutants.ts';
import { PlantedTree } from './mutants/planted-tree.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '400' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
/** As many as most planted faults take to be found. */
const CONTROL_SEEDS = 20;

const chosen = MUTANTS.filter(({ name }) => values.only === undefined || name === values.only);
const tree = new PlantedTree();
const found: { name: string; seed: number | null; rules: string[] }[] = [];
try {
  // A checker that finds something where nothing is planted finds nothing at all.
  const control = tree.run({ name: 'nothing', does: 'nothing', foundBy: 'worlds', edits: [] }, CONTROL_SEEDS);
  if (control.violations.length > 0)
    throw new Error(`without any planted fault: ${JSON.stringify(control.violations)}`);
  for (const mutant of chosen) {
    const { seed, violations } = tree.run(mutant, Number(values.seeds));
    const rules = [...new Set(violations.map(({ rule }) => rule))];
    found.push({ name: mutant.name, seed, rules });
    const by = mutant.foundBy === 'worlds' ? `seed ${seed}` : 'the power cut';
    console.error(
      rules.length > 0 ? `${mutant.name}: found by ${by}: ${rules.join(', ')}` : `${mutant.name}: NOT FOUND`,
    );
  }
} finally {
  tree.close();
}
const blind = found.filter(({ rules }) => rules.length === 0).map(({ name }) => name);
console.info(
  values.json
    ? JSON.stringify({ mutants: found, notFound: blind })
    : `${found.length - blind.length} of ${found.length} found`,
);
process.exitCode = blind.length === 0 ? 0 : 1;
