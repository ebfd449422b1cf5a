import { parseArgs } from 'node:util';
import { markdownTable } from '../../../internal/testing/src/markdown-table.ts';
import { describeDisk, describeMachine } from '../../measure/machine.ts';
import { drains } from './drain-subjects.ts';

const { values } = parseArgs({
  options: {
    merchants: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '60' },
    only: { type: 'string', multiple: true, default: Object.keys(drains) },
  },
});

console.log(`${describeMachine()}, ${describeDisk()}`);
const measured = new Map<string, number>();
for (const [name, drain] of Object.entries(drains))
  if (values.only.includes(name)) {
    measured.set(name, await drain(Number(values.merchants), Number(values.seconds)));
    console.log(`${name}: ${measured.get(name)?.toFixed(0)}/s`);
  }
const rows = Array.from(measured, ([name, perSecond]) => {
  const engine = /SQLite|plainjob/.test(name) ? 'SQLite' : 'PostgreSQL';
  const own = measured.get(`ours in order, ${engine}`) ?? Number.NaN;
  return [name, perSecond.toFixed(0), (own / perSecond).toFixed(2)];
});
console.log(`\n${markdownTable(['queue', 'taken/s', 'ours, times as fast'], rows)}`);
