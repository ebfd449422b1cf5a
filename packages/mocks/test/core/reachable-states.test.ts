import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import { createSandbox, type SandboxOptions } from '../../src/index.ts';
import { flowId, pendingMerchant, readySandbox, realmId } from '../support/journey.ts';

/** Values that a client can send by mistake, in each place of a body. */
const oddValues: readonly unknown[] = [
  ...[true, 0, -1, 1.5, 1e308, null, '', ' ', '\u0000', '\ud800', '😀', '\r\nX: y', 'javascript:1'],
  ...['__proto__', 'constructor', 'a'.repeat(2000), [], {}, [[]], { toString: 1 }, ['a', 1]],
];

type OperationWithBody = Exclude<keyof typeof requests, 'uploadFile'>;
const operationIds = Object.keys(requests).filter((id): id is OperationWithBody => id !== 'uploadFile');

/** A partner with a pending case and callbacks, and a valid body of each operation with the ids of this sandbox. */
async function prepare(mode: NonNullable<SandboxOptions['requests']>) {
  const { sandbox, api, token, distributorId } = await readySandbox({ seed: 1, requests: mode });
  const callbacks = { accept: 'http://127.0.0.1:9/', reject: 'http://127.0.0.1:9/' };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  const merchantId = await pendingMerchant(api, token);
  const ids = { distributorId, realmId, flowId, flowIds: [flowId], merchantId };
  const bodyOf = (id: OperationWithBody): object => {
    const [example] = Object.values<object>(requests[id]);
    const given = Object.entries(ids).filter(([name]) => Object.hasOwn(example ?? {}, name));
    return { ...example, ...Object.fromEntries(given) };
  };
  return { sandbox, api, token, bodyOf };
}

/** Every copy of a body in which one place has an odd value, or one object an unknown property. */
function* spoilt(body: unknown): Iterable<unknown> {
  yield* oddValues;
  if (typeof body !== 'object' || body === null) return;
  if (!Array.isArray(body)) yield { ...body, unknown: 'odd' };
  for (const [name, value] of Object.entries(body))
    for (const odd of spoilt(value)) yield Object.assign(structuredClone(body), { [name]: odd });
}

test.each(['expected', 'strict', 'warn', 'off'] as const)(
  'in the mode %s, every state that a request makes can be exported and loaded, and its cases decided',
  async (mode) => {
    const { sandbox, api, token, bodyOf } = await prepare(mode);
    const before = sandbox.snapshot();
    const unloadable = new Set<string>();
    let performed = 0;
    for (const operationId of operationIds)
      for (const json of spoilt(bodyOf(operationId))) {
        const authorization = /Partner|Flows/.test(operationId) ? sandbox.fixtures.administratorToken : token;
        const { status } = await api.send(operationId, { token: authorization, json });
        expect(status).toBeLessThan(500);
        if (status >= 300) continue;
        performed++;
        const problem = problemOf(sandbox);
        if (problem !== undefined) unloadable.add(`${operationId} ${problem}`);
        sandbox.restore(before);
      }
    expect([...unloadable]).toEqual([]);
    expect(performed).toBeGreaterThan(0);
  },
);

/** What is wrong with the state of a sandbox, without its ids. */
function problemOf(sandbox: ReturnType<typeof createSandbox>): string | undefined {
  try {
    const exported = JSON.parse(JSON.stringify(sandbox.scenario()));
    const { backOffice } = createSandbox({ scenario: exported });
    for (const { id, status } of backOffice.cases()) if (status === 'pending') backOffice.accept(id);
    return undefined;
  } catch (error) {
    return `${error}`.replaceAll(/[\da-f]{24}/g, '<id>');
  }
}

test('every state from decisions and policies with odd texts can be exported and loaded, and its cases decided', async () => {
  const { sandbox, api, token } = await prepare('strict');
  const before = sandbox.snapshot();
  const problems: string[] = [];
  for (const reason of oddValues as readonly string[]) {
    try {
      sandbox.backOffice.askForMore(await pendingMerchant(api, token), { reason, actionBy: reason });
      sandbox.backOffice.setPolicy({ kind: 'auto-reject', after: '1h', reason } as never);
      await pendingMerchant(api, token);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // An OptionError refuses the value, and changes nothing.
    }
    const problem = problemOf(sandbox);
    if (problem !== undefined) problems.push(`${JSON.stringify(reason)}: ${problem}`.slice(0, 200));
    sandbox.restore(before);
  }
  expect(problems).toEqual([]);
});
