import * as examples from '@partner-ecosystem/openapi/examples';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { createSandbox } from '../../packages/mocks/src/index.ts';
import { createDice } from './dice.ts';
import { readFlags } from './flags.ts';
import { SecondOpinion } from './second-opinion.ts';
import { Traffic } from './traffic.ts';

// Proof: whatever the sandbox says holds to the contract, in the opinion of a second validator, with no examples to
// lean on. Run as `npm run mocks:truth`.
const { responses: most, seeds, seed } = readFlags({ responses: 12_000, seeds: 60 });
if (Object.keys(examples.responses).length > 0) throw new Error('The examples are there. Run it by npm.');

const opinion = new SecondOpinion();
const faults: string[] = [];
const statuses = new Map<string, number>();
let callbacks = 0;
let count = 0;
for (let round = 0; round < seeds; round++) await prove(`${seed} ${round}`, Math.ceil(most / seeds));
console.log(
  `${count} responses and ${callbacks} callbacks over ${seeds} seeds, of ${statuses.size} kinds (seed ${seed}).`,
);
console.log(`${count + callbacks - faults.length} hold to the contract, ${faults.length} do not.`);
for (const fault of faults.slice(0, 20)) console.log(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

async function prove(ofSeed: string, size: number): Promise<void> {
  const dice = createDice(ofSeed);
  const sandbox = createSandbox({ seed: ofSeed });
  const traffic = new Traffic(ofSeed, sandbox.fixtures);
  for (let at = 0; at < size; at++) {
    const { asked, learn } = traffic.next();
    const { method, headers, target, body } = asked;
    const request = new Request(`http://sandbox.test${target}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
    const response = await sandbox.fetch(request);
    const told = { status: response.status, body: await response.json() };
    learn(told);
    count++;
    const kind = `${operationOf(sandbox, asked.operationId)} ${told.status}`;
    statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
    const [operationId = ''] = kind.split(' ');
    const wrong = opinion.ofResponse(operationId as OperationId, told.status, told.body);
    // The sandbox answers a 500, as the contract has it, where it was about to break the contract.
    faults.push(...(told.status === 500 ? [`${kind}: a bug`] : wrong.slice(0, 1)));
    decideNowAndThen(dice, sandbox);
    if (dice.onceIn(200)) await sandbox.clock.advance('15d');
  }
  for (const { event, payload } of sandbox.callbacks.all()) {
    callbacks++;
    faults.push(...opinion.ofCallback(event, payload).slice(0, 1));
  }
}

/** A request for a path that is not there is held to what stands in for it. */
function operationOf({ journal }: ReturnType<typeof createSandbox>, asked: OperationId): string {
  const entry = journal().at(-1);
  if (entry?.kind !== 'request' || entry.operation !== 'unknown') return asked;
  return asked.startsWith('upload') ? 'uploadFile' : 'pullMerchant';
}

function decideNowAndThen(
  dice: ReturnType<typeof createDice>,
  { backOffice, snapshot }: ReturnType<typeof createSandbox>,
): void {
  if (!dice.onceIn(5)) return;
  const pending = Object.values(snapshot().merchants).filter(({ status }) => status === 'pending');
  if (pending.length === 0) return;
  const { id } = dice.pick(pending);
  dice.pick([backOffice.accept, backOffice.reject, backOffice.askForMore])(id, { reason: dice.word() });
}
