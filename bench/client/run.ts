import { describeMachine } from '../measure/machine.ts';
import { writeSection } from '../measure/write-section.ts';
import { measureOverhead } from './measure-overhead.ts';
import { measureSize } from './measure-size.ts';
import { probeLeaks } from './probe-leaks.ts';
import { scoreRetries } from './score-retries.ts';

/** Measurements by the name of their section in the README. */
const sections: Readonly<Record<string, () => string | Promise<string>>> = {
  machine: () => `${describeMachine()}.`,
  size: measureSize,
  overhead: measureOverhead,
  leaks: probeLeaks,
  retries: scoreRetries,
};

const readme = new URL('./README.md', import.meta.url);
const selected = process.argv.slice(2);
for (const [name, measure] of Object.entries(sections))
  if (selected.length === 0 || selected.includes(name)) await writeSection(readme, name, await measure());
