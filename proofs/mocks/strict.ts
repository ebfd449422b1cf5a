import type { ApiRequest } from './api/api-request.ts';
import { readFlags, report } from './run/command-line.ts';
import { invalidRequests, jsonOperations } from './strict/invalid-requests.ts';
import { openSession } from './strict/session.ts';

// Proof: the sandbox refuses each request that breaks one rule of the contract, with a pointer to the place of the rule.
// It accepts each valid request. No request takes more than a second of CPU time. The proof uses HTTP. `--share 5` checks
// one invalid request in five. Run as `npm run mocks:strict`.
const { valid: validCount, share, seed } = readFlags({ valid: 1100, share: 1 });
const session = await openSession(seed);
const slow: string[] = [];

const invalid = invalidRequests(session).filter((_, index) => index % share === 0);
const accepted: string[] = [];
for (const { request, rule, pointer } of invalid) {
  const outcome = await send(request);
  const isRefused = outcome.status >= 400 && outcome.status < 500 && outcome.pointer === pointer;
  if (!isRefused)
    accepted.push(
      `${request.operationId} ${rule} at ${pointer}: status ${outcome.status}, pointer ${outcome.pointer}`,
    );
}

const refused: string[] = [];
for (let index = 0; index < validCount; index++) {
  const operationId = jsonOperations[index % jsonOperations.length] ?? 'createMerchant';
  const { status, pointer } = await send(session.builder.request(operationId, session.partner));
  if (status !== 200) refused.push(`${operationId}: status ${status}, pointer ${pointer}`);
}
await session.close();

report(
  [
    `${invalid.length} invalid requests: ${accepted.length} not refused with the right pointer (seed ${seed}).`,
    `${validCount} valid requests: ${refused.length} refused. ${slow.length} requests took more than a second of CPU time.`,
  ],
  [...accepted, ...refused, ...slow],
);

async function send(request: ApiRequest) {
  const outcome = await session.send(request);
  if (outcome.cpuMs > 1000) slow.push(`${request.operationId} took ${outcome.cpuMs} ms of CPU time`);
  return outcome;
}
