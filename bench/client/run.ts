import { recordResult } from '../measure/record-result.ts';
import { measureOverhead } from './measure-overhead.ts';
import { measureSize } from './measure-size.ts';
import { probeLeaks } from './probe-leaks.ts';
import { scoreRetries } from './score-retries.ts';

/** Measurements by their names. */
const sections: Readonly<Record<string, () => string | Promise<string>>> = {
  size: measureSize,
  overhead: measureOverhead,
  leaks: probeLeaks,
  retries: scoreRetries,
};

const selected = process.argv.slice(2);
for (const [name, measure] of Object.entries(sections))
  if (selected.length === 0 || selected.includes(name)) await recordResult(`client-${name}`, await measure());
