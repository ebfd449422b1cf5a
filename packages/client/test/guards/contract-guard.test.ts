import {
  requests as requestExamples,
  responses as responseExamples,
} from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { requests, responses, type Validation } from '@partner-ecosystem/openapi/validators';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import { describe, expect, it, vi } from 'vitest';
import * as guards from '../../src/guards.ts';
import { contractGuard, type Drift, type OperationShape } from '../../src/guards.ts';
import { ContractError } from '../../src/index.ts';
import { exampleInput, success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { startProvider } from '../support/provider.ts';
import { mutateJson } from './mutate-json.ts';

const seed = 20261124;
const mutantsOfEach = 400;
const operationIds = Object.keys(operations) as OperationId[];
const shapes = Object.values(guards).filter((member): member is OperationShape => typeof member === 'object');
const strict = contractGuard(shapes, { requests: 'throw', responses: 'throw' });

/** The violations that the guard finds, each as a line. */
function found(look: () => void): string[] {
  try {
    look();
    return [];
  } catch (error) {
    return (error as ContractError).violations.map(({ pointer, keyword }) => `${pointer} ${keyword}`).sort();
  }
}

function expected(outcome: Validation<unknown>): string[] {
  if (outcome.ok) return [];
  return [...new Set(outcome.violations.map(({ pointer, keyword }) => `${pointer} ${keyword}`))].sort();
}

describe('the guard', () => {
  it.each(shapes)('takes the examples of $operationId', ({ operationId }) => {
    const attempted = { operationId, attempts: 1 };
    expect(found(() => strict.request(attempted, exampleInput(operations[operationId])))).toEqual([]);
    for (const body of Object.values(responseExamples[operationId][200]))
      expect(found(() => strict.response(attempted, body))).toEqual([]);
  });

  it.each(shapes)(
    `finds in mutants of $operationId what the validators find, seed ${seed}`,
    ({ operationId }) => {
      const random = seededRandom(seed);
      const attempted = { operationId, attempts: 1 };
      const bodies: { [Id in OperationId]?: object } = requestExamples;
      const validate: { [Id in OperationId]?: (value: unknown) => Validation<unknown> } = requests;
      let departing = 0;
      const compare = (
        example: unknown,
        look: (value: unknown) => void,
        judge: (value: unknown) => Validation<unknown>,
      ) => {
        for (let mutant = 0; mutant < mutantsOfEach; mutant += 1) {
          const value = mutateJson(mutant % 2 ? mutateJson(example, random) : example, random);
          const violations = expected(judge(value));
          expect([...new Set(found(() => look(value)))], JSON.stringify(value)).toEqual(violations);
          if (violations.length > 0) departing += 1;
        }
      };
      const request = Object.values(bodies[operationId] ?? {})[0];
      const judge = validate[operationId];
      if (request && judge) compare(request, (value) => strict.request(attempted, value), judge);
      const body = Object.values(responseExamples[operationId][200])[0];
      compare(body, (value) => strict.response(attempted, value), responses[operationId].validate200);
      expect(departing).toBeGreaterThan(mutantsOfEach / 10);
    },
  );

  it('has a shape for each operation of the contract', () => {
    expect(shapes.map(({ operationId }) => operationId).sort()).toEqual([...operationIds].sort());
  });
});

describe('a guarded client', () => {
  it('sends no request that is not what the contract says', async () => {
    await using provider = await startProvider();
    const partner = provider.client({ guard: contractGuard([guards.createMerchant]) });
    const error = await partner
      .createMerchant({ ...merchant, flowId: 'secret flow' })
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toMatchObject({
      side: 'request',
      operationId: 'createMerchant',
      attempts: 0,
      violations: [{ pointer: '/flowId', keyword: 'pattern' }],
    });
    expect((error as Error).message).toContain('/flowId (pattern). It was not sent.');
    expect((error as Error).message).not.toContain('secret flow');
    expect(provider.arrivals).toEqual([]);
  });

  it('hands on no response that is not what the contract says, and tells that it was carried out', async () => {
    await using provider = await startProvider({ createMerchant: () => ({ body: { id: 7 } }) });
    const guard = contractGuard([guards.createMerchant], { responses: 'throw' });
    const failure = provider.client({ guard }).createMerchant(merchant);
    await expect(failure).rejects.toMatchObject({ side: 'response', attempts: 1 });
    await expect(failure).rejects.toThrow(/\/status \(required\); \/id \(type\)\. It was applied/);
    expect(provider.count('createMerchant')).toBe(1);
  });

  it('reports drift once for each shape of it, and hands the response on', async () => {
    const spec = { data: [{ pageId: 1 }, { pageId: 2, widgetName: 'Pan', data: {} }] };
    await using provider = await startProvider({ getPushMerchantSpec: () => ({ body: spec }) });
    const drifts: Drift[] = [];
    const guard = contractGuard([guards.getPushMerchantSpec], { onDrift: (drift) => drifts.push(drift) });
    const partner = provider.client({ guard });
    for (let call = 0; call < 3; call += 1)
      expect(await partner.getPushMerchantSpec({ applicationId: pull.realmId })).toEqual(spec);
    expect(drifts).toEqual([
      {
        operationId: 'getPushMerchantSpec',
        side: 'response',
        violations: [
          { pointer: '/data/*/widgetName', keyword: 'required' },
          { pointer: '/data/*/data', keyword: 'required' },
          { pointer: '/data/*/pageId', keyword: 'type' },
        ],
      },
    ]);
  });

  it('warns on the console where nobody else is told, and never with a value', async () => {
    await using provider = await startProvider({ linkPartner: () => ({ body: ['secret answer'] }) });
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const partner = provider.client({ guard: contractGuard([guards.linkPartner]) });
    await partner.linkPartner({ distributorId: '6553f0000000000000000001', realmId: pull.realmId });
    expect(warn.mock.calls).toEqual([['The response of linkPartner violates the contract: / (type).']]);
    warn.mockRestore();
  });

  it('falls silent after a thousand kinds of drift', async () => {
    let round = 0;
    const oddly = () => {
      round += 1;
      return Object.fromEntries(Array.from({ length: 90 }, (_, variable) => [`v${round}x${variable}`, 7]));
    };
    await using provider = await startProvider({
      getPushMerchantSpec: () => ({ body: { data: [{ pageId: 'p', widgetName: 'w', data: oddly() }] } }),
    });
    let reported = 0;
    const onDrift = ({ violations }: Drift) => {
      reported += violations.length;
    };
    const partner = provider.client({ guard: contractGuard([guards.getPushMerchantSpec], { onDrift }) });
    for (let call = 0; call < 12; call += 1)
      await partner.getPushMerchantSpec({ applicationId: pull.realmId });
    expect(reported).toBe(1000);
  });

  it('does not fail because the listener does', async () => {
    await using provider = await startProvider({ createMerchant: () => ({ body: { id: 7 } }) });
    const onDrift = () => {
      throw new Error('no disk');
    };
    const guard = contractGuard([guards.createMerchant], { onDrift });
    await expect(provider.client({ guard }).createMerchant(merchant)).resolves.toEqual({ id: 7 });
  });

  it('looks away where it is off, and at operations that are not listed', async () => {
    await using provider = await startProvider();
    const off = contractGuard([guards.createMerchant], { requests: 'off' });
    const other = contractGuard([guards.pullMerchant]);
    for (const guard of [off, other])
      await provider.client({ guard }).createMerchant({ ...merchant, flowId: 'odd' });
    expect(provider.count('createMerchant')).toBe(2);
  });

  it('takes a file for what the contract calls a string', async () => {
    await using provider = await startProvider();
    const guard = contractGuard([guards.uploadFile], { responses: 'throw' });
    const stored = await provider.client({ guard }).uploadFile({ file: new Blob(['x']), ttl: '1 month' });
    expect(stored).toEqual(success('uploadFile').body);
  });
});
