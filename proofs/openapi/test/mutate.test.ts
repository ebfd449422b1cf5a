import { afterAll, beforeAll, expect, test } from 'vitest';
import { readContractFiles } from '../contract-files.ts';
import { type Fault, seedFaults } from '../seed-faults.ts';
import { layOut, type Workbench, watchers } from '../workbench.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 100_000);
const [lint, build, ownTests] = watchers;
const quick = [lint, build, ownTests].filter((watcher) => watcher !== undefined);

let workbench: Workbench;
beforeAll(async () => {
  workbench = await layOut();
});
afterAll(() => workbench.remove());

test('a contract without a mistake is let through, however it is written', { timeout: 300_000 }, async () => {
  const [file] = readContractFiles().filter(({ name }) => name.endsWith('BasicDetails.yaml'));
  const content = JSON.stringify(file?.content);
  const unharmed: Fault = { kind: 'none', file: file?.name ?? '', pointer: '', content };
  expect(await workbench.noticedBy(unharmed, quick)).toBeUndefined();
});

test(`the contract's own checks notice mistakes that lint, build or examples are there for (SEED=${seed})`, {
  timeout: 300_000,
}, async () => {
  const caught = [
    'classification lost',
    'evidence without its basis',
    'reference to a missing file',
    'example that no longer fits',
    'method wrong',
    'server lost',
  ];
  const faults = seedFaults(seed, 100).filter(({ kind }) => caught.includes(kind));
  const some = caught.flatMap((kind) => faults.find((fault) => fault.kind === kind) ?? []);
  expect(some).toHaveLength(caught.length);
  const missed = [];
  for (const fault of some)
    if (!(await workbench.noticedBy(fault, quick)))
      missed.push(`${fault.kind}: ${fault.file}#${fault.pointer}`);
  expect(missed).toEqual([]);
});
