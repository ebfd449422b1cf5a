import { type Contract, methods } from '../contract/contract.ts';
import { operationsOf } from '../contract/operations.ts';
import { placesOf, statusWordsOf } from '../schemas/roles.ts';
import type { Path } from './changed-parts.ts';
import { type Problem, pathOf } from './problem.ts';

/** What the kit cannot follow in the markings of a corrected contract. */
export function meaningProblems(base: Contract, corrected: Contract): Problem[] {
  return [
    ...tokenProblems(corrected),
    ...wordProblems(base, corrected),
    ...roleProblems(corrected, []),
    ...methodProblems(corrected),
  ];
}

function tokenProblems(contract: Contract): Problem[] {
  const login = operationsOf(contract).find(({ operationId }) => operationId === 'loginPartner');
  const path = login ? pathOf(login, 'responses', login.success) : ['paths'];
  const places = placesOf(contract, 'token');
  const [place] = places;
  if (!place || places.length > 1)
    return [{ path, reason: `Mark one property with x-role: token. Now ${places.length} have this role.` }];
  const { 'x-data-classification': classification, type } = place.schema;
  if (type !== 'string' || classification?.sensitivity !== 'restricted')
    return [
      { path, reason: `The token at ${place.path.join('.')} has to be a text of the schema AccessToken.` },
    ];
  const { length } = placesOf(contract, 'token-lifetime');
  return length > 1
    ? [
        {
          path,
          reason: `Mark at most one property with x-role: token-lifetime. Now ${length} have this role.`,
        },
      ]
    : [];
}

/** The kit would not read a misspelt role. */
function* roleProblems(value: unknown, path: Path): Generator<Problem> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    const isUnknown = name === 'x-role' && part !== 'token' && part !== 'token-lifetime';
    if (isUnknown) yield { path: [...path, name], reason: 'The roles are token and token-lifetime.' };
    // An example may hold anything.
    else if (name !== 'example' && name !== 'value') yield* roleProblems(part, [...path, name]);
  }
}

function wordProblems(base: Contract, corrected: Contract): Problem[] {
  const path = ['components', 'schemas', 'Status', 'x-status-words'];
  const words = statusWordsOf(corrected);
  const known = corrected.components.schemas['Status']?.['x-extensible-enum'] ?? [];
  const all = Object.entries(words).flatMap(([status, list]) => list.map((word) => ({ status, word })));
  const lost = Object.keys(statusWordsOf(base)).filter((status) => !words[status]?.length);
  const added = Object.keys(words).filter((status) => !(status in statusWordsOf(base)));
  const meant = new Set(all.map(({ word }) => word));
  const forgotten = Object.entries(statusWordsOf(base)).flatMap(([status, list]) =>
    list.filter((word) => !meant.has(word) && known.includes(word)).map((word) => ({ status, word })),
  );
  const repeated = all.filter(({ word }, index) => all.findIndex((other) => other.word === word) < index);
  return [
    ...forgotten.map(({ status, word }) => ({
      path: [...path, status],
      reason: `${word} has lost its meaning, but is still known. Remove ${word} from x-extensible-enum too.`,
    })),
    ...lost.map((status) => ({
      path: [...path, status],
      reason: 'The status has no word. Give at least one.',
    })),
    ...added.map((status) => ({
      path: [...path, status],
      reason: 'The sandbox has no case with this status. Remove the status.',
    })),
    ...repeated.map(({ status, word }) => ({
      path: [...path, status],
      reason: `${word} is a word of two statuses. Remove one of the two.`,
    })),
    ...all
      .filter(({ word }) => !known.includes(word))
      .map(({ status, word }) => ({
        path: [...path, status],
        reason: `Add ${word} to x-extensible-enum of the schema too: the validators and types read that list.`,
      })),
  ];
}

/** `operationsOf` skips methods that the kit does not know. */
function methodProblems({ paths, webhooks }: Contract): Problem[] {
  const known: readonly string[] = methods;
  const skipped = (kind: string, items: object, allowed: readonly string[]) =>
    Object.entries(items).flatMap(([path, item]) =>
      Object.keys(item as object)
        .filter((name) => !allowed.includes(name))
        .map((name) => ({ path: [kind, path, name], reason: 'Nothing reads this part of the contract.' })),
    );
  return [...skipped('paths', paths, known), ...skipped('webhooks', webhooks, ['post'])];
}
