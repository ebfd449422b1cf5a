import { parseArgs } from 'node:util';
import { faultKinds } from './fault-kinds.ts';
import { type Fault, seedFaults } from './seed-faults.ts';
import { layOut, watchers } from './workbench.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '100' } },
});
const wanted = 0.95;
const workers = 2;

const faults = seedFaults(Number(values.seed), Number(values.count));
const noticed: { fault: Fault; by: string | undefined }[] = [];
const waiting = [...faults];
const started = performance.now();
await Promise.all(Array.from({ length: workers }, work));
report();

async function work(): Promise<void> {
  const workbench = await layOut();
  try {
    for (let fault = waiting.shift(); fault; fault = waiting.shift()) {
      const by = await workbench.noticedBy(fault, watchers);
      noticed.push({ fault, by });
      console.log(
        `${noticed.length}/${faults.length}  ${(by ?? 'NOBODY').padEnd(28)}${fault.kind}: ${fault.file}#${fault.pointer}`,
      );
    }
  } finally {
    await workbench.remove();
  }
}

function report(): void {
  const names = watchers.map(({ name }) => name);
  console.log(
    `\n| mistake | ${names.join(' | ')} | nobody |\n| --- |${names.map(() => ' --- |').join('')} --- |`,
  );
  for (const kind of Object.keys(faultKinds)) {
    const of = noticed.filter(({ fault }) => fault.kind === kind);
    const counts = [...names, undefined].map((name) => of.filter(({ by }) => by === name).length || '');
    if (of.length > 0) console.log(`| ${kind} | ${counts.join(' | ')} |`);
  }
  const survivors = noticed.filter(({ by }) => by === undefined);
  for (const { fault } of survivors) console.log(`Survived: ${fault.kind}, ${fault.file}#${fault.pointer}`);
  const share = 1 - survivors.length / faults.length;
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(
    `\nseed ${values.seed}: ${faults.length - survivors.length} of ${faults.length} noticed, in ${minutes} minutes`,
  );
  if (share < wanted) process.exitCode = 1;
}
