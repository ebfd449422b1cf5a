import { isDeepStrictEqual } from 'node:util';
import { type Contract, methods } from '../contract/contract.ts';
import { operationsOf, webhooksOf } from '../contract/operations.ts';
import { placesOf, statusWordsOf } from '../schemas/roles.ts';
import { type Problem, pathOf } from './problem.ts';

/** What the kit cannot follow in the markings and the events of a corrected contract. */
export function meaningProblems(base: Contract, corrected: Contract): Problem[] {
  return [
    ...tokenProblems(corrected),
    ...wordProblems(base, corrected),
    ...eventProblems(base, corrected),
    ...methodProblems(corrected),
  ];
}

function tokenProblems(contract: Contract): Problem[] {
  const login = operationsOf(contract).find(({ operationId }) => operationId === 'loginPartner');
  const path = login ? pathOf(login, 'responses', login.success) : ['paths'];
  const places = placesOf(contract, 'token');
  const [place] = places;
  if (!place || places.length > 1)
    return [{ path, reason: `Mark one property with x-role: token. There are ${places.length}.` }];
  const { 'x-data-classification': classification, type } = place.schema;
  if (type !== 'string' || classification?.sensitivity !== 'restricted')
    return [
      { path, reason: `The token at ${place.path.join('.')} has to be a text of the schema AccessToken.` },
    ];
  return [];
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
      reason: 'The sandbox has no case with this status.',
    })),
    ...repeated.map(({ status, word }) => ({ path: [...path, status], reason: `${word} has two meanings.` })),
    ...all
      .filter(({ word }) => !known.includes(word))
      .map(({ status, word }) => ({
        path: [...path, status],
        reason: `Add ${word} to x-extensible-enum of the schema too: the validators and types read that list.`,
      })),
  ];
}

/** The callback server reads every event the same way, and the sandbox posts the events that it knows. */
function eventProblems(base: Contract, corrected: Contract): Problem[] {
  const known = webhooksOf(base);
  const events = webhooksOf(corrected);
  const isIn = (list: typeof events, event: string) => list.some((other) => other.event === event);
  const others = [
    ...known.filter(({ event }) => !isIn(events, event)),
    ...events.filter(({ event }) => !isIn(known, event)),
  ];
  return [
    ...others.map(({ event }) => ({
      path: ['webhooks', event],
      reason: `The sandbox posts ${known.map((each) => each.event).join(', ')}, and no other event.`,
    })),
    ...events
      .filter(({ body }) => !isDeepStrictEqual(body.schema, known[0]?.body.schema))
      .map(({ event }) => ({
        path: ['webhooks', event, 'post', 'requestBody'],
        reason: 'The callback server reads all events with the schema of the others.',
      })),
  ];
}

/** `operationsOf` skips what is not a method that the kit knows. */
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
