import { isDeepStrictEqual } from 'node:util';
import type { Contract, Operation, Schema } from '../contract/contract.ts';
import { type NamedOperation, operationsOf, webhooksOf } from '../contract/operations.ts';
import { changedParts } from './changed-parts.ts';
import { asJson } from './json.ts';
import { type Problem, pathOf } from './problem.ts';
import { unreadPartOfEvent } from './read-parts.ts';

/** What the kit cannot follow in the events of a corrected contract, and in the callbacks of its operations. */
export function callbackProblems(base: Contract, corrected: Contract): Problem[] {
  const known = new Map(operationsOf(base).map((operation) => [operation.operationId, operation]));
  return [
    ...eventProblems(base, corrected),
    ...acknowledgementProblems(base, corrected),
    ...operationsOf(corrected).flatMap((operation) => {
      const before = known.get(operation.operationId);
      const old = before ? callbacksOf(base, before) : {};
      const now = callbacksOf(corrected, operation);
      return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((event) =>
        registrationProblems(corrected, operation, event, old[event] ?? {}, now[event] ?? {}),
      );
    }),
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
      reason: `The sandbox posts ${known.map((each) => each.event).join(', ')}, and no other event. Keep these events.`,
    })),
    ...events
      .filter(({ body }) => !isDeepStrictEqual(body.schema, known[0]?.body.schema))
      .map(({ event }) => ({
        path: ['webhooks', event, 'post', 'requestBody'],
        reason: 'The callback server reads all events with one schema. Use one schema for all events.',
      })),
  ];
}

/** The receiver responds with its own statuses and bodies. */
function acknowledgementProblems(base: Contract, corrected: Contract): Problem[] {
  return Object.entries(corrected.webhooks).flatMap(([event, { post }]) => {
    const statuses = Object.keys(base.webhooks[event]?.post.responses ?? {});
    const given = Object.keys(post.responses);
    const others = [
      ...given.filter((status) => !statuses.includes(status)),
      ...statuses.filter((status) => !given.includes(status)),
    ];
    return others.map((status) => ({
      path: ['webhooks', event, 'post', 'responses', status],
      reason: `The receiver responds with ${statuses.join(', ')}. Keep these, and no other.`,
    }));
  });
}

/** The requests of a callback, by the expression of their URL. */
type Callback = NonNullable<Operation['callbacks']>[string];

function callbacksOf(
  contract: Contract,
  { path, method }: NamedOperation,
): Readonly<Record<string, Callback>> {
  return contract.paths[path]?.[method]?.callbacks ?? {};
}

/** The sandbox posts to the URLs of the registration that it knows, and posts what `webhooks` describes. */
function registrationProblems(
  { webhooks }: Contract,
  operation: NamedOperation,
  event: string,
  old: Callback,
  now: Callback,
): Problem[] {
  const at = (...below: string[]) => pathOf(operation, 'callbacks', event, ...below);
  const expressions = Object.keys(old);
  const others = Object.keys(now).filter((expression) => !expressions.includes(expression));
  const place = expressions.length > 0 ? `to ${expressions.join(', ')} only` : 'to no URL of this request';
  const reason = `The sandbox posts ${event} ${place}. Keep the expression.`;
  if (others.length > 0) return others.map((expression) => ({ path: at(expression), reason }));
  if (expressions.some((expression) => !(expression in now))) return [{ path: at(), reason }];
  const unread = changedParts(asJson(old), asJson(now)).flatMap(([expression = '', post = '', ...path]) => {
    const problem = unreadPartOfEvent(path);
    return problem ? [{ ...problem, path: at(expression, post, ...problem.path) }] : [];
  });
  const different = Object.entries(now).filter(
    ([, item]) => !isDeepStrictEqual(schemaOf(item), schemaOf(webhooks[event])),
  );
  return [
    ...unread,
    ...different.map(([expression]) => ({
      path: at(expression, 'post', 'requestBody'),
      reason: `This body has to be that of the event ${event}. Correct both.`,
    })),
  ];
}

/** The schema of the body of a callback or an event. */
function schemaOf(item: { readonly post?: Operation } | undefined): Schema | undefined {
  return item?.post?.requestBody?.content['application/json']?.schema;
}
