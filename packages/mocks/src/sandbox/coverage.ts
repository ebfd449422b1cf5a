import { type Operation, type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import type { Event } from '../core/model/case-status.ts';
import { type Transition, transitions } from '../core/model/case-status.ts';

/** How much of the contract and of the life of a case a sandbox has seen. */
export interface Coverage {
  /** For each operation, how often it was answered with each status that the contract lists. */
  readonly operations: { readonly [Id in OperationId]: { readonly [status: string]: number } };
  /** Answers with a status that the contract does not list for their operation: only faults and overrides do that. */
  readonly unlisted: number;
  /** Each transition that there is, and how often a case took it. */
  readonly transitions: readonly (Transition & { readonly count: number })[];
  /** For each event, how often a callback was posted. */
  readonly callbacks: { readonly [E in Event]: number };
  /** So many of all of these were seen at least once. */
  readonly seen: number;
  readonly total: number;
}

/** Counts what was seen. */
export interface CoverageCounter {
  readonly answered: (operationId: OperationId, status: number) => void;
  readonly moved: (transition: Transition) => void;
  readonly posted: (event: Event) => void;
  readonly read: () => Coverage;
  readonly clear: () => void;
}

export function createCoverage(): CoverageCounter {
  const counts = new Map<string, number>();
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  const countOf = (key: string): number => counts.get(key) ?? 0;
  return {
    clear: () => counts.clear(),
    answered: (operationId, status) =>
      count(isListed(operationId, status) ? `${operationId} ${status}` : 'unlisted'),
    moved: ({ from, move }) => count(`${from} ${move}`),
    posted: (event) => count(`callback ${event}`),
    read: () => {
      const byOperation = mapOperations((operation) =>
        Object.fromEntries(
          statusesOf(operation).map((status) => [status, countOf(`${operation.operationId} ${status}`)]),
        ),
      );
      const moved = transitions.map((each) => ({ ...each, count: countOf(`${each.from} ${each.move}`) }));
      const callbacks = {
        accept: countOf('callback accept'),
        reject: countOf('callback reject'),
        pending: countOf('callback pending'),
      };
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

const listed: ReadonlySet<string> = new Set(
  Object.values<Operation>(operations).flatMap((operation) =>
    statusesOf(operation).map((status) => `${operation.operationId} ${status}`),
  ),
);

function isListed(operationId: OperationId, status: number): boolean {
  return listed.has(`${operationId} ${status}`);
}

function statusesOf({ success, errors }: Operation): string[] {
  return [...success.map(String), ...Object.keys(errors)];
}

function mapOperations<Value>(map: (operation: Operation) => Value): { readonly [Id in OperationId]: Value } {
  const entries = Object.values<Operation>(operations).map((operation) => [
    operation.operationId,
    map(operation),
  ]);
  return Object.fromEntries(entries) as { readonly [Id in OperationId]: Value };
}
