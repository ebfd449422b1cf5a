import { parseArgs } from 'node:util';
import { markdownTable } from '../../../internal/testing/src/markdown-table.ts';
import { describeDisk } from '../../measure/machine.ts';
import { median } from '../../measure/quantile.ts';
import { conditionsNow, recordResult } from '../../measure/record-result.ts';
import { drains } from './drain-subjects.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    merchants: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '60' },
    only: { type: 'string', multiple: true, default: Object.keys(drains) },
  },
});

const { machine, measuredAt } = conditionsNow();
const circumstances = `${describeDisk()}, medians of ${values.rounds} interleaved rounds, ${values.merchants} merchants`;
const measured = new Map(values.only.map((name) => [name, [] as number[]]));
for (let round = 1; round <= Number(values.rounds); round++)
  for (const [name, rates] of measured) {
    const drain = drains[name];
    if (!drain) throw new Error(`Unknown queue "${name}". Choose from: ${Object.keys(drains).join('; ')}.`);
    rates.push(await drain(Number(values.merchants), Number(values.seconds)));
    console.log(`${name}: ${rates.at(-1)?.toFixed(0)}/s`);
  }
const rows = Array.from(measured, ([name, rates]) => {
  const perSecond = median(rates);
  const engine = /SQLite|plainjob/.test(name) ? 'SQLite' : 'PostgreSQL';
  const own = median(measured.get(`ours in order, ${engine}`) ?? []);
  return [name, perSecond.toFixed(0), (own / perSecond).toFixed(2)];
});
await recordResult(
  'callback-server-drain',
  markdownTable(['queue', 'taken/s', 'ours, times as fast'], rows),
  {
    measuredAt,
    machine: `${machine}, ${circumstances}`,
  },
);
