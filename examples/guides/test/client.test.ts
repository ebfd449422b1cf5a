import { createPartnerClient, ValidationError } from '@partner-ecosystem/client';
import type { Drift } from '@partner-ecosystem/client/guards';
import { expect, test } from '@partner-ecosystem/mocks/vitest';
import { createGuardedClient } from '../src/client/guard-responses.ts';
import { explainFailure } from '../src/client/handle-errors.ts';
import { createLoggingClient } from '../src/client/log-events.ts';
import { loggableBody } from '../src/client/redact-body.ts';
import { readStatus } from '../src/client/use-openapi-fetch.ts';
import { createCase, createPartnerIn, optionsFor, submitCase, workplaceOf } from './example-partner.ts';
import { runTwice } from './run-twice.ts';

const failures = [
  [{ kind: 'lost-response' }, 'createMerchant: find out before you repeat it'],
  [{ kind: 'status', status: 422 }, 'correct these fields: name'],
  [{ kind: 'status', status: 404 }, 'check the ids'],
  [{ kind: 'throttled-403' }, 'wait 60000 ms'],
  [{ kind: 'status', status: 413 }, expect.stringMatching(/^createMerchant, 1 attempts: /)],
] as const;

test.for(failures)(
  'a failure of %o has an explanation',
  async ([fault, explanation], { sandbox, sandboxUrl }) => {
    const workplace = await createPartnerIn(sandbox, sandboxUrl);
    const partner = createPartnerClient({ ...optionsFor(sandboxUrl, sandbox), retry: false });
    await runTwice(async (round) => {
      sandbox.faults.add({ ...fault, operation: 'createMerchant', times: 1 });
      const outcome = await createCase(partner, workplace, `EXAMPLE-${round}`).then(
        () => undefined,
        explainFailure,
      );
      expect(outcome).toEqual(explanation);
    });
  },
);

test('a mistake in our own code is thrown unchanged', () => {
  expect(() => explainFailure(new TypeError('ours'))).toThrow('ours');
});

test('a call that is not permitted has an explanation', async ({ sandbox, sandboxUrl }) => {
  const { partner } = await createPartnerIn(sandbox, sandboxUrl);
  const wrong = { ...workplaceOf(sandbox.fixtures), flowId: '6553e0000000000000000099' };
  await runTwice(async () => {
    const outcome = await createCase(partner, wrong, 'EXAMPLE-0001').catch(explainFailure);
    expect(outcome).toBe('check the password, the realm and the flow');
  });
});

test('a guard reports a response that differs from the contract', async ({ sandbox, sandboxUrl }) => {
  const workplace = await createPartnerIn(sandbox, sandboxUrl);
  await runTwice(async (round) => {
    const drifts: Drift[] = [];
    const partner = createGuardedClient(optionsFor(sandboxUrl, sandbox), (drift) => drifts.push(drift));
    sandbox.faults.add({ operation: 'createMerchant', kind: 'drift-number-as-string', times: 1 });
    await createCase(partner, workplace, `EXAMPLE-${round}`);
    expect(drifts).toHaveLength(1);
  });
});

test('events are lines without content', async ({ sandbox, sandboxUrl }) => {
  const workplace = await createPartnerIn(sandbox, sandboxUrl);
  await runTwice(async (round) => {
    const lines: string[] = [];
    const partner = createLoggingClient(optionsFor(sandboxUrl, sandbox), (line) => lines.push(line));
    await createCase(partner, workplace, `EXAMPLE-${round}`);
    expect(lines.at(-1)).toBe('createMerchant response 200');
    expect(lines.join()).not.toMatch(/Asha|EXAMPLE/);
  });
});

test('a redacted body shows field names and no values', async ({ sandbox, sandboxUrl }) => {
  const workplace = await createPartnerIn(sandbox, sandboxUrl);
  await runTwice(async () => {
    const wrong = { ...workplace, realm: 'secret-realm-name' };
    const error = await createCase(workplace.partner, wrong, 'EXAMPLE-0001').catch((failure) => failure);
    expect(error).toBeInstanceOf(ValidationError);
    expect(JSON.stringify(loggableBody(error))).toMatch(/inclusion/);
    expect(JSON.stringify(loggableBody(error))).not.toMatch(/secret-realm-name/);
  });
});

test('openapi-fetch reads the status of a case', async ({ sandbox, sandboxUrl }) => {
  const workplace = await createPartnerIn(sandbox, sandboxUrl);
  const merchantId = await createCase(workplace.partner, workplace, 'EXAMPLE-0001');
  await submitCase(workplace.partner, workplace, merchantId);
  await runTwice(async () => {
    expect(await readStatus(workplace.partner, merchantId, workplace.realmId)).toBe('pending');
  });
});
