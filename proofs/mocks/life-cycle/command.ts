import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type fc from 'fast-check';
import { type Model, type ModelCase, type ModelPartner, useToken } from './model.ts';
import { type CallParts, call, type Outcome, type SandboxDriver } from './sandbox-driver.ts';

export type Command = fc.Command<Model, SandboxDriver>;

/** Throws if the sandbox and the model differ. */
export function expectSame(subject: string, actual: unknown, expected: unknown): void {
  const [sandbox, model] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (sandbox !== model) throw new Error(`${subject}: the sandbox says ${sandbox}, the model ${model}.`);
}

export const hasPartner = ({ partners }: Model): boolean => partners.length > 0;
export const hasCase = ({ cases }: Model): boolean => cases.length > 0;

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
export interface Caller {
  readonly model: Model;
  readonly driver: SandboxDriver;
  readonly index: number;
  readonly partner: ModelPartner;
  /** The partner's id in the sandbox. */
  readonly id: string;
  readonly realmId: string;
  readonly flowId: string | undefined;
  /** Calls an operation with the partner's token. `expected` runs only if the token is good. */
  readonly call: (
    operationId: OperationId,
    parts: CallParts,
    expected: (outcome: Outcome) => number | string,
  ) => void;
}

/** A command in which a partner calls an operation. */
export function partnerCommand(
  name: string,
  choice: number,
  run: (caller: Caller) => void,
  check: (model: Model) => boolean = hasPartner,
): Command {
  return command(name, check, (model, driver) => {
    const index = choice % model.partners.length;
    const partner = choose(model.partners, index);
    const { id, token } = choose(driver.partners, index);
    const { realm } = driver.sandbox.fixtures;
    run({
      model,
      driver,
      index,
      partner,
      id,
      realmId: realm.id,
      flowId: realm.flows[0]?.id,
      call: (operationId, parts, expected) => {
        const outcome = call(driver, operationId, { token, ...parts });
        const tokenState = useToken(model, partner);
        const actual = outcome.code ?? outcome.status;
        expectSame(name, actual, tokenState === 'good' ? expected(outcome) : tokenState);
      },
    });
  });
}

/** A command in which a partner calls an operation on a case. */
export function caseCommand(
  name: string,
  choice: number,
  caller: number,
  run: (caller: Caller, subject: ModelCase, merchantId: string) => void,
): Command {
  return partnerCommand(
    name,
    caller,
    (by) => run(by, choose(by.model.cases, choice), choose(by.driver.cases, choice)),
    hasCase,
  );
}
