import { createSandbox } from '@partner-ecosystem/mocks';
import { requests } from '@partner-ecosystem/openapi/examples';
import { describe, expect, test } from 'vitest';
import { createDecisions, readDecision, type WaitOptions } from '../../src/index.ts';
import { pull } from '../support/example-input.ts';
import { customer, startWork } from '../support/partner-at-work.ts';
import { startProvider } from '../support/provider.ts';
import type { ScriptedResponse } from '../support/scripted-provider.ts';

const { realmId, flowId } = customer;
const soon: WaitOptions = { firstPullAfterMs: 1, intervalMs: 1 };
/** The first pull is so late that only a callback, a signal or another wait can end the wait. */
const late: WaitOptions = { firstPullAfterMs: 3_600_000 };

/** Creates a pending merchant in a new sandbox. */
async function pendingMerchant() {
  const { sandbox, partner, distributorId } = await startWork(createSandbox());
  const callbacks = {
    accept: 'http://127.0.0.1/a',
    reject: 'http://127.0.0.1/r',
    pending: 'http://127.0.0.1/p',
  };
  await partner.registerCallbacks({ distributorId, realmId, flowId, callbacks });
  const { id: merchantId } = await partner.createMerchant(customer);
  const submit = () => partner.pushMerchant({ ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId });
  await submit();
  return { sandbox, partner, merchantId, submit, input: { merchantId, realmId } };
}

/** Starts a provider whose case has the next of these statuses at each pull. The last status stays. */
function startCase(...statuses: string[]) {
  const respond = (): ScriptedResponse => {
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    const basicDetails = { id: pull.merchantId, status };
    return { body: { result: { merchantData: { basicDetails } } } };
  };
  return startProvider({ pullMerchant: respond });
}

describe('a decision', () => {
  test.each([
    ['accept', 'accept'],
    ['Accepted', 'accept'],
    ['ACCEPT', 'accept'],
    [' rejected ', 'reject'],
    ['Reject', 'reject'],
    ['new', undefined],
    ['pending', undefined],
    ['draft', undefined],
    ['acceptable', undefined],
    ['not accepted', undefined],
    ['', undefined],
    [undefined, undefined],
    [null, undefined],
    [7, undefined],
    [{ toString: 'accept' }, undefined],
  ])('the status %j is read as %s', (status, decision) => {
    expect(readDecision(status)).toBe(decision);
  });

  test('waitFor pulls until the decision, and reports each change of the status once', async () => {
    await using provider = await startCase('new', 'pending', 'pending', 'draft', 'pending', 'Accepted');
    const statuses: string[] = [];
    const onStatus = (status: string) => void statuses.push(status);
    const decision = await createDecisions(provider.partner).waitFor(pull, { ...soon, onStatus });
    expect(decision).toMatchObject({ decision: 'accept', status: 'Accepted', merchantId: pull.merchantId });
    expect(decision.merchant.result.merchantData.basicDetails.status).toBe('Accepted');
    expect(statuses).toEqual(['new', 'pending', 'draft', 'pending', 'Accepted']);
    expect(provider.count('pullMerchant')).toBe(6);
  });

  test('a callback makes waitFor pull immediately, long before the first pull', async () => {
    const { sandbox, partner, merchantId, input } = await pendingMerchant();
    const decisions = createDecisions(partner);
    const waiting = decisions.waitFor(input, late);
    sandbox.backOffice.reject(merchantId, { reason: 'blurred' });
    const callback = sandbox.callbacks.all().find(({ event }) => event === 'reject');
    expect(decisions.notify(callback?.payload)).toBe(true);
    expect(await waiting).toMatchObject({ decision: 'reject', merchantId });
    expect(decisions.notify(callback?.payload)).toBe(false);
  });

  test('a callback itself decides nothing, because anybody can post a callback', async () => {
    const { sandbox, partner, merchantId, input } = await pendingMerchant();
    const decisions = createDecisions(partner);
    const pulled = Promise.withResolvers<void>();
    const waiting = decisions.waitFor(input, { ...soon, intervalMs: 100, onStatus: () => pulled.resolve() });
    decisions.notify({ merchantData: { id: merchantId, status: 'accept' } });
    await pulled.promise;
    sandbox.backOffice.reject(merchantId);
    decisions.notify({ merchantData: { id: merchantId, status: 'reject' } });
    expect(await waiting).toMatchObject({ decision: 'reject' });
  });

  test('waitFor continues after a draft that is corrected and submitted again', async () => {
    const { sandbox, partner, merchantId, submit, input } = await pendingMerchant();
    const decisions = createDecisions(partner);
    sandbox.backOffice.askForMore(merchantId);
    const statuses: string[] = [];
    const onStatus = (status: string) => {
      statuses.push(status);
      if (status === 'draft') void submit().then(() => sandbox.backOffice.accept(merchantId));
    };
    expect(await decisions.waitFor(input, { ...soon, onStatus })).toMatchObject({ decision: 'accept' });
    expect(statuses[0]).toBe('draft');
  });

  test('waitFor with the option after resolves to the reversal of that decision', async () => {
    const { sandbox, partner, merchantId, input } = await pendingMerchant();
    const decisions = createDecisions(partner);
    sandbox.backOffice.accept(merchantId);
    const after = await decisions.waitFor(input, soon);
    // The sandbox reverses the decision only after the wait has pulled the first decision again.
    const onStatus = (status: string) => {
      if (readDecision(status) === 'accept') sandbox.backOffice.reject(merchantId);
    };
    const reversal = decisions.waitFor(input, { ...soon, after, onStatus });
    expect(await reversal).toMatchObject({ decision: 'reject' });
  });
});
