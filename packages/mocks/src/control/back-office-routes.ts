import { createHash } from 'node:crypto';
import { redact, requests, responses } from '@partner-ecosystem/openapi/classification';
import type { Hono } from 'hono';
import type { components } from '../../generated/control-schema.d.ts';
import { successStatus } from '../core/contract/success-status.ts';
import { possibleDecisions } from '../core/model/case-status.ts';
import type { DecisionPolicy } from '../core/model/decision-policy.ts';
import type { Merchant, PushedItem } from '../core/model/state.ts';
import { pullDocument } from '../core/records/case-documents.ts';
import { maskTarget } from '../sandbox/callback-target.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { listResponse } from './list-response.ts';
import { ControlProblem } from './problem.ts';
import { readBody, readQuery, type SandboxEnv } from './read-input.ts';

const methods = { accept: 'accept', reject: 'reject', draft: 'askForMore', reverse: 'reverse' } as const;

export function backOfficeRoutes(api: Hono<SandboxEnv>): void {
  api.get('/policy', (context) => {
    readQuery(context, 'getPolicy');
    return context.json(context.var.sandbox.backOffice.policy());
  });

  api.put('/policy', async (context) => {
    // The core validates a policy.
    context.var.sandbox.backOffice.setPolicy((await readBody(context, 'putPolicy')) as DecisionPolicy);
    return context.body(null, 204);
  });

  api.get('/merchants', (context) => {
    const query = readQuery(context, 'listMerchants');
    return listResponse(context, context.var.sandbox.backOffice.list(query), merchantSummary);
  });

  api.post('/merchants', async (context) => {
    const { number = 1 } = await readBody(context, 'createSampleMerchants');
    const { sandbox } = context.var;
    const created = sandbox.backOffice.addSampleCases(number);
    return context.json(
      created.map((id) => merchantSummary(findMerchant(sandbox, id))),
      201,
    );
  });

  api.get('/merchants/:merchantId', (context) => {
    const { reveal = false } = readQuery(context, 'getMerchant');
    const { sandbox } = context.var;
    const merchant = findMerchant(sandbox, context.req.param('merchantId'));
    const urls = Object.entries(sandbox.backOffice.callbackUrls(merchant.id));
    const callbackUrls = Object.fromEntries(urls.map(([event, url]) => [event, maskTarget(url)]));
    return context.json({ ...merchantDetails(merchant, reveal), callbackUrls });
  });

  api.post('/merchants/:merchantId/decision', async (context) => {
    const { decision, revision, ...details } = await readBody(context, 'decideMerchant');
    const { sandbox } = context.var;
    const merchantId = context.req.param('merchantId');
    if (revision !== undefined) assertUnchanged(findMerchant(sandbox, merchantId), revision);
    sandbox.backOffice[methods[decision]](merchantId, details);
    return context.json({ merchantId, status: findMerchant(sandbox, merchantId).status });
  });
}

function findMerchant({ backOffice }: Sandbox, merchantId: string): Merchant {
  const found = backOffice.find(merchantId);
  if (!found) throw new ControlProblem(404, 'There is no merchant with this id.');
  return found;
}

function assertUnchanged(merchant: Merchant, revision: string): void {
  if (revisionOf(merchant) === revision) return;
  throw new ControlProblem(
    409,
    `The case has changed since you looked at it. Its status is ${merchant.status} now. Look at the case again, then decide.`,
  );
}

/** Identifies the state of a case: a decision can name the state on which it is based. */
function revisionOf({ previous: _, ...merchant }: Merchant): string {
  return createHash('sha256').update(JSON.stringify(merchant)).digest('base64url').slice(0, 16);
}

type Schemas = components['schemas'];

/** Describes a case without personal data. */
function merchantSummary(merchant: Merchant): Schemas['MerchantSummary'] {
  const { id, customer, status, realm, flow, distributorId, createdAt, submission } = merchant;
  return {
    id,
    // The sandbox also accepts a number as the reference.
    signzyAppId: `${customer.signzyAppId}`,
    status,
    realmId: realm.id,
    flowId: flow.id,
    distributorId,
    createdAt,
    ...(submission && { submittedAt: submission.last }),
    mayBecome: possibleDecisions(status),
    revision: revisionOf(merchant),
  };
}

/** Describes a case with its pushed items. Without `reveal`, data that is neither public nor internal is masked. */
function merchantDetails(
  merchant: Merchant,
  reveal: boolean,
): Omit<Schemas['MerchantDetails'], 'callbackUrls'> {
  const document = pullDocument(merchant);
  const shown = reveal ? document : maskedDocument(document);
  const data = reveal ? merchant.items : maskedItems(merchant.items);
  const { decision } = merchant;
  return {
    ...merchantSummary(merchant),
    revealed: reveal,
    details: { ...shown.result.merchantData.basicDetails },
    pages: pagesOf(merchant.items, data),
    ...(decision && { decision }),
  };
}

function maskedDocument(document: ReturnType<typeof pullDocument>) {
  // Masking changes values only: the properties that are read above keep their types.
  return redact(document, responses.pullMerchant[successStatus('pullMerchant')]) as typeof document;
}

function maskedItems(items: readonly PushedItem[]) {
  const masked = redact({ data: items }, requests.pushMerchant);
  return (masked as { data: readonly Pick<PushedItem, 'data'>[] }).data;
}

function pagesOf(
  items: readonly PushedItem[],
  shown: readonly Pick<PushedItem, 'data'>[],
): Schemas['MerchantDetails']['pages'] {
  const shownItems = items.map((item, at) => ({ ...item, data: { ...shown[at]?.data } }));
  return [...Map.groupBy(shownItems, ({ pageId }) => pageId)].map(([pageId, found]) => ({
    pageId,
    pageType: found[0]?.pageType ?? '',
    widgets: found.map(({ widgetName, data }) => ({ name: widgetName, data })),
  }));
}
