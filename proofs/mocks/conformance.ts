import * as examples from '@partner-ecosystem/openapi/examples';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { createSandbox, type Sandbox } from '../../packages/mocks/src/index.ts';
import { parseJson, send } from './api/api-request.ts';
import { SecondValidator } from './contract/second-validator.ts';
import { readFlags, report } from './run/command-line.ts';
import { createRandom, type Random } from './run/random.ts';
import { Traffic } from './traffic/traffic.ts';

// Proof: a second validator finds no violation in any response or callback, and the sandbox needs no examples.
// Run as `npm run mocks:conformance`.
const { responses: total, seeds, seed } = readFlags({ responses: 12_000, seeds: 60 });
if (Object.keys(examples.responses).length > 0)
  throw new Error('The contract still has its examples. Run this proof with `npm run mocks:conformance`.');

const validator = new SecondValidator();
const violations: string[] = [];
const kinds = new Set<string>();
const counts = { responses: 0, callbacks: 0 };
for (let round = 0; round < seeds; round++) await validateRun(`${seed} ${round}`, Math.ceil(total / seeds));

const { responses, callbacks } = counts;
report(
  [
    `${responses} responses and ${callbacks} callbacks over ${seeds} seeds, of ${kinds.size} kinds (seed ${seed}).`,
    `${responses + callbacks - violations.length} conform to the contract, ${violations.length} do not.`,
  ],
  violations,
);

async function validateRun(runSeed: string, size: number): Promise<void> {
  const random = createRandom(runSeed);
  const sandbox = createSandbox({ seed: runSeed });
  const traffic = new Traffic(runSeed, sandbox.fixtures);
  for (let index = 0; index < size; index++) {
    const { request, record } = traffic.next();
    const { status, text } = await send(sandbox.fetch, 'http://sandbox.test', request);
    const body = parseJson(text);
    record(status, body);
    validateResponse(describedBy(sandbox, request.operationId), status, body);
    if (random.oneIn(5)) decideSomeCase(random, sandbox);
    if (random.oneIn(200)) await sandbox.clock.advance('15d');
  }
  for (const { event, payload } of sandbox.callbacks.all()) {
    counts.callbacks++;
    violations.push(...validator.validateCallback(event, payload).slice(0, 1));
  }
}

function validateResponse(operationId: OperationId, status: number, body: unknown): void {
  counts.responses++;
  kinds.add(`${operationId} ${status}`);
  // The sandbox responds with 500 instead of breaking the contract.
  if (status === 500) violations.push(`${operationId} 500: a bug of the sandbox`);
  else violations.push(...validator.validateResponse(operationId, status, body).slice(0, 1));
}

/** A path outside the contract gets the 404 of an operation on the same host. */
function describedBy({ journal }: Sandbox, requested: OperationId): OperationId {
  const entry = journal().at(-1);
  if (entry?.kind !== 'request' || entry.operation !== 'unknown') return requested;
  return requested.startsWith('upload') ? 'uploadFile' : 'pullMerchant';
}

function decideSomeCase(random: Random, { backOffice, snapshot }: Sandbox): void {
  const pending = Object.values(snapshot().merchants).filter(({ status }) => status === 'pending');
  if (pending.length === 0) return;
  const decide = random.pick([backOffice.accept, backOffice.reject, backOffice.askForMore]);
  decide(random.pick(pending).id, { reason: random.word() });
}
