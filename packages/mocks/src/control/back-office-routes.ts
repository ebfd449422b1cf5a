import type { Hono } from 'hono';
import type { DecisionPolicy } from '../core/model/decision-policy.ts';
import type { Merchant } from '../core/model/state.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { merchantDetails, merchantSummary } from './merchant-details.ts';
import { ControlProblem } from './problem.ts';
import { readBody, readQuery } from './read-input.ts';
import type { SandboxEnv } from './sandbox-env.ts';

const methods = { accept: 'accept', reject: 'reject', draft: 'askForMore', reverse: 'reverse' } as const;

/** The routes of the merchants, the decisions about them, and the decision policy. */
export function backOfficeRoutes(api: Hono<SandboxEnv>): void {
  api.get('/policy', (context) => context.json(context.var.sandbox.backOffice.policy()));

  api.put('/policy', async (context) => {
    // The description of the control API validates the policy's properties.
    context.var.sandbox.backOffice.setPolicy((await readBody(context, 'putPolicy')) as DecisionPolicy);
    return context.body(null, 204);
  });

  api.get('/merchants', (context) => {
    readQuery(context, 'listMerchants');
    return context.json(context.var.sandbox.backOffice.cases().map(merchantSummary));
  });

  api.get('/merchants/:merchantId', (context) => {
    const { reveal = false } = readQuery(context, 'getMerchant');
    return context.json(
      merchantDetails(findMerchant(context.var.sandbox, context.req.param('merchantId')), reveal),
    );
  });

  api.post('/merchants/:merchantId/decision', async (context) => {
    const { decision, ...details } = await readBody(context, 'decideMerchant');
    const { sandbox } = context.var;
    const merchantId = context.req.param('merchantId');
    sandbox.backOffice[methods[decision]](merchantId, details);
    return context.json({ merchantId, status: findMerchant(sandbox, merchantId).status });
  });
}

function findMerchant({ backOffice }: Sandbox, merchantId: string): Merchant {
  const found = backOffice.find(merchantId);
  if (!found) throw new ControlProblem(404, 'There is no merchant with this id.');
  return found;
}
