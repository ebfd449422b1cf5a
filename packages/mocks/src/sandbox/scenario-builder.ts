import { operations } from '@partner-ecosystem/openapi/operations';
import { route } from '../core/contract/route.ts';
import { successStatus } from '../core/contract/success-status.ts';
import { assertOptions, assertWord, OptionError } from '../core/model/assert-options.ts';
import { moves, type Status } from '../core/model/case-status.ts';
import type { DecisionPolicy } from '../core/model/decision-policy.ts';
import type { FaultSpec } from '../core/model/fault.ts';
import type { CallbackUrls, Realm } from '../core/model/state.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { AddedPartner, Credentials } from './add-partner.ts';
import { createSandbox } from './create-sandbox.ts';
import type { Sandbox } from './sandbox.ts';
import { requiredExample, tokenOf, type WithBody } from './send-request.ts';

/** Describes a scenario step by step. Each method returns the same builder. */
export interface ScenarioBuilder {
  /** Fixes every id, user name and token. A new seed is drawn by default. */
  readonly seed: (seed: string | number) => ScenarioBuilder;
  /** Sets the initial time of the clock, in epoch milliseconds: the present by default. */
  readonly start: (start: number) => ScenarioBuilder;
  /** Adds a partner that may use every flow, with the URLs for its callbacks. */
  readonly partner: (credentials?: Credentials, callbackUrls?: CallbackUrls) => ScenarioBuilder;
  /**
   * Adds cases of the partner that was added last: `new` by default.
   *
   * @throws OptionError without a partner.
   */
  readonly merchants: (count: number, status?: Status) => ScenarioBuilder;
  readonly fault: (fault: FaultSpec) => ScenarioBuilder;
  readonly policy: (policy: DecisionPolicy) => ScenarioBuilder;
  /**
   * Returns the scenario as plain data.
   *
   * @throws ScenarioError for an invalid fault or policy.
   */
  readonly build: () => Scenario;
}

interface PlannedPartner {
  readonly credentials: Credentials | undefined;
  readonly callbackUrls: CallbackUrls | undefined;
  readonly cases: Status[];
}

/**
 * Begins a scenario for `createSandbox`, the control API or `partner-sandbox --scenario`.
 *
 * @example
 * ```ts
 * const crowded = scenario('a queue').partner({ username: 'example', password: 'Not-a-real-password-1' });
 * const sandbox = createSandbox({ scenario: crowded.merchants(3, 'pending').merchants(1, 'reject').build() });
 * ```
 */
export function scenario(name = 'built'): ScenarioBuilder {
  const planned: PlannedPartner[] = [];
  const faults: FaultSpec[] = [];
  let facts: { readonly [Name in 'seed' | 'start' | 'policy']?: Scenario[Name] } = {};

  const builder: ScenarioBuilder = {
    seed: (seed) => set({ seed }),
    start: (start) => set({ start }),
    policy: (policy) => set({ policy }),
    partner: (credentials, callbackUrls) => {
      if (callbackUrls)
        assertOptions('The callback URLs of a partner', callbackUrls, ['accept', 'reject', 'pending']);
      planned.push({ credentials, callbackUrls, cases: [] });
      return builder;
    },
    merchants: (count, status = 'new') => {
      const owner = planned.at(-1);
      if (!owner) throw new OptionError('merchants() needs a partner: call partner() first.');
      if (!Number.isInteger(count) || count < 0)
        throw new OptionError('The number of merchants must be a whole number, 0 or more.');
      assertWord('status of merchants', status, Object.keys(moves));
      owner.cases.push(...Array<Status>(count).fill(status));
      return builder;
    },
    fault: (fault) => {
      faults.push(fault);
      return builder;
    },
    build: () => {
      const { policy, ...sandboxFacts } = facts;
      const sandbox = createSandbox({ scenario: { name, ...sandboxFacts } });
      for (const partner of planned) addPlanned(sandbox, partner);
      const built: Scenario = {
        name,
        ...facts,
        state: sandbox.snapshot(),
        ...(faults.length > 0 && { faults: structuredClone(faults) }),
      };
      createSandbox({ scenario: built }); // Checks the faults and the policy.
      return built;
    },
  };

  function set(changes: typeof facts): ScenarioBuilder {
    facts = { ...facts, ...changes };
    return builder;
  }

  return builder;
}

/** Performs what the partner and the back office would do. */
function addPlanned(sandbox: Sandbox, { credentials, callbackUrls, cases }: PlannedPartner): void {
  const added = sandbox.backOffice.addPartner(credentials);
  const { realm } = sandbox.fixtures;
  const token = tokenOf(perform(sandbox, 'loginPartner', '', added.credentials));
  for (const status of cases) addCase(sandbox, token, realm, status);
  // The URLs come last, so that no callback is posted for the earlier statuses of the cases.
  if (callbackUrls) registerUrls(sandbox, token, added, realm, callbackUrls);
}

function addCase(sandbox: Sandbox, token: string, realm: Realm, status: Status): void {
  const [flow] = realm.flows;
  const number = `${sandbox.backOffice.cases().length + 1}`;
  const { id: merchantId } = perform(sandbox, 'createMerchant', token, {
    realmId: realm.id,
    realm: realm.name,
    flowId: flow?.id,
    name: `Example Merchant ${number}`,
    email: `merchant-${number}@example.com`,
    mobile: number.padStart(10, '0'),
    signzyAppId: `EXAMPLE-${number.padStart(4, '0')}`,
  });
  if (status === 'new') return;
  const data = (flow?.pages ?? []).flatMap((page) =>
    page.widgets.map(({ name, samples }) => ({ pageId: page.id, widgetName: name, data: samples })),
  );
  perform(sandbox, 'pushMerchant', token, { realmId: realm.id, flowId: flow?.id, merchantId, data });
  if (status === 'accept') sandbox.backOffice.accept(merchantId);
  if (status === 'reject') sandbox.backOffice.reject(merchantId);
  if (status === 'draft') sandbox.backOffice.askForMore(merchantId);
}

function registerUrls(
  sandbox: Sandbox,
  token: string,
  { distributorId }: AddedPartner,
  realm: Realm,
  callbacks: CallbackUrls,
): void {
  for (const { id: flowId } of realm.flows)
    perform(sandbox, 'registerCallbacks', token, { distributorId, realmId: realm.id, flowId, callbacks });
}

function perform({ handle }: Sandbox, operationId: WithBody, authorization: string, given: object) {
  const { method, path } = operations[operationId];
  const target = route(method, path);
  const body = { kind: 'read', value: { ...requiredExample(operationId), ...given } } as const;
  const parts = { method, path, target, query: [], authorization, origin: '', body };
  const { status, body: text } = handle({ ...parts, transport: 'in-process' });
  if (status !== successStatus(operationId))
    throw new OptionError(`The scenario cannot be built: ${operationId} got ${status}. ${text}`);
  return JSON.parse(`${text}`) as { readonly id: string };
}
