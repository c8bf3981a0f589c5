// Plants a bug in a station under test, by `node --import`: while the job of one hardware id stands at one step, the job's
// runner throws, each time. Exact text, found exactly once, or it fails loudly. For tests only; nothing of it ships.
import { registerHooks } from 'node:module';

const FILE = 'station/job/job-runner.ts';
const FROM = '    transition = next;\n';
const TO = `    if (state.facts.hwid === process.env.KEYLINE_POISON_HWID && state.at === process.env.KEYLINE_POISON_STEP)
      throw new TypeError('a planted fault of our own');
    transition = next;
`;

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith(FILE)) return loaded;
    const source = String(loaded.source);
    if (source.split(FROM).length !== 2) throw new Error(`${FILE} does not have once: ${FROM}`);
    return { ...loaded, source: source.replace(FROM, TO) };
  },
});
