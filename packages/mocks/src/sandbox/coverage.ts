import { type Operation, type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { type Event, events, type Transition, transitions } from '../core/model/case-status.ts';

/** How much of the contract and of a case's life a sandbox has seen. */
export interface Coverage {
  /** For each operation and each status in the contract: the number of responses. */
  readonly operations: { readonly [Id in OperationId]: { readonly [status: string]: number } };
  /** Responses with a status that the contract does not list for the operation. Only faults and overrides cause them. */
  readonly unlisted: number;
  /** For each transition: how often a case made it. */
  readonly transitions: readonly (Transition & { readonly count: number })[];
  /** For each event: the number of attempts to post a callback. */
  readonly callbacks: { readonly [E in Event]: number };
  /** How many of all these statuses, transitions and events occurred at least once. */
  readonly seen: number;
  readonly total: number;
}

export type CoverageCounter = ReturnType<typeof createCoverage>;

export function createCoverage() {
  const counts = new Map<string, number>();
  const count = (key: string): void => void counts.set(key, countOf(key) + 1);
  const countOf = (key: string): number => counts.get(key) ?? 0;
  const countStatuses = ({ operationId, ...operation }: Operation) =>
    Object.fromEntries(
      statusesOf(operation).map((status) => [status, countOf(responseKey(operationId, status))]),
    );
  return {
    clear: () => counts.clear(),
    responded: (operationId: OperationId, status: number) => {
      count(listedKeys.get(operationId)?.get(status) ?? 'unlisted');
    },
    moved: ({ from, move }: Transition) => count(`${from} ${move}`),
    posted: (event: Event) => count(`callback ${event}`),
    read: (): Coverage => {
      const byOperation = Object.fromEntries(
        everyOperation.map((operation) => [operation.operationId, countStatuses(operation)]),
      ) as Coverage['operations']; // `Object.fromEntries` forgets the keys.
      const moved = transitions.map((each) => ({ ...each, count: countOf(`${each.from} ${each.move}`) }));
      const callbacks = Object.fromEntries(
        events.map((event) => [event, countOf(`callback ${event}`)]),
      ) as Coverage['callbacks'];
      const all = [
        ...Object.values(byOperation).flatMap((statuses) => Object.values(statuses)),
        ...moved.map((each) => each.count),
        ...Object.values(callbacks),
      ];
      return {
        operations: byOperation,
        unlisted: countOf('unlisted'),
        transitions: moved,
        callbacks,
        seen: all.filter((each) => each > 0).length,
        total: all.length,
      };
    },
  };
}

const everyOperation = Object.values<Operation>(operations);

function statusesOf({ success, errors }: Pick<Operation, 'success' | 'errors'>): string[] {
  return [...success.map(String), ...Object.keys(errors)];
}

function responseKey(operationId: OperationId, status: string): string {
  return `${operationId} ${status}`;
}

/** The keys of the responses that the contract lists: every request needs one. */
const listedKeys: ReadonlyMap<OperationId, ReadonlyMap<number, string>> = new Map(
  everyOperation.map(({ operationId, ...operation }) => [
    operationId,
    new Map(statusesOf(operation).map((status) => [Number(status), responseKey(operationId, status)])),
  ]),
);
