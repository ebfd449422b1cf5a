import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type fc from 'fast-check';
import type { Realm } from '../../../packages/mocks/src/index.ts';
import type { RequestParts } from '../api/api-request.ts';
import { type Model, type ModelCase, type ModelPartner, useToken } from './model.ts';
import { call, type Outcome, type SandboxDriver } from './sandbox-driver.ts';

export type Command = fc.Command<Model, SandboxDriver>;

/** Throws if the sandbox and the model differ. */
export function expectSame(subject: string, actual: unknown, expected: unknown): void {
  const [sandbox, model] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (sandbox !== model) throw new Error(`${subject}: the sandbox says ${sandbox}, the model ${model}.`);
}

export function command(
  name: string,
  check: (model: Model) => boolean,
  run: (model: Model, driver: SandboxDriver) => void,
): Command {
  return { check: (model) => check(model), run, toString: () => name };
}

/** Chooses an item with a number that may exceed the length of the list. */
export function choose<Item>(items: readonly Item[], choice: number): Item {
  return items[choice % items.length] as Item; // Each command checks that the list is not empty.
}

/** A partner in the model and in the sandbox. */
type Caller = ReturnType<typeof callerOf>;

/** A command in which a partner calls an operation. */
export function partnerCommand(name: string, choice: number, run: (caller: Caller) => void): Command {
  const hasPartner = ({ partners }: Model) => partners.length > 0;
  return command(name, hasPartner, (model, driver) => run(callerOf(name, choice, model, driver)));
}

/** A command in which a partner calls an operation on a case. */
export function caseCommand(
  name: string,
  choice: number,
  by: number,
  run: (caller: Caller, subject: ModelCase, merchantId: string) => void,
): Command {
  const hasCase = ({ cases }: Model) => cases.length > 0;
  return command(name, hasCase, (model, driver) =>
    run(callerOf(name, by, model, driver), choose(model.cases, choice), choose(driver.cases, choice)),
  );
}

function callerOf(name: string, choice: number, model: Model, driver: SandboxDriver) {
  const partner: ModelPartner = choose(model.partners, choice);
  const account = choose(driver.partners, choice);
  const realm: Realm = driver.sandbox.fixtures.realm;
  return {
    model,
    driver,
    index: model.partners.indexOf(partner),
    partner,
    account,
    realm,
    ids: { realmId: realm.id, flowId: realm.flows[0]?.id },
    /** Calls an operation with the partner's token. `expected` runs only if the token is good. */
    call: (
      operationId: OperationId,
      parts: RequestParts,
      expected: (outcome: Outcome) => number | string,
    ): void => {
      const outcome = call(driver, operationId, { token: account.token, ...parts });
      const tokenState = useToken(model, partner);
      expectSame(name, outcome.result, tokenState === 'good' ? expected(outcome) : tokenState);
    },
  };
}
