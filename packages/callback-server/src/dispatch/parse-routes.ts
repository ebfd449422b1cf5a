import { type CallbackEvent, isCallbackEvent } from '../callback/callback-event.ts';
import { confirmRoute } from '../callback/confirmation.ts';
import { routeOrders } from '../callback/route-order.ts';
import {
  problemOfAmqpName,
  problemOfQueueUrl,
  problemOfSubject,
  problemOfTopic,
  queueMembers,
  queueOfUrl,
  saslMechanisms,
} from '../queues/queue-target.ts';
import { problemOfSigningSecret, problemOfUrl } from './forward-target.ts';
import type { RouteOptions } from './queue-route.ts';

type Parser = (value: unknown) => unknown;

/** Properties of every route, each with its parser. A parser throws an Error that says what to give. */
const everyRoute: Readonly<Record<string, Parser>> = {
  name: routeName,
  url: checked(problemOfRouteUrl),
  events: (value) => listOf(value, eventOf),
  realms: (value) => listOf(value, textOf),
  order: oneOf(routeOrders),
  timeoutMs: numberUpTo(600_000),
  concurrency: numberUpTo(1000),
};

const forwardMembers: Readonly<Record<string, Parser>> = {
  ...everyRoute,
  secrets: (value) => listOf(value, checked(problemOfSigningSecret)),
  headers: headersOf,
};

const membersOfQueue: Readonly<Record<keyof typeof queueMembers, Readonly<Record<string, Parser>>>> = {
  nats: { ...everyRoute, subject: checked(problemOfSubject) },
  amqp: { ...everyRoute, exchange: amqpNameOf, routingKey: amqpNameOf },
  kafka: { ...everyRoute, topic: checked(problemOfTopic), mechanism: oneOf(saslMechanisms) },
};

/**
 * Parses a list of routes.
 *
 * @throws Error naming the first property that is invalid. It quotes no value, because a value may be a secret.
 */
export function parseRoutes(value: unknown): readonly RouteOptions[] {
  if (!Array.isArray(value)) throw new Error('must be a list of routes.');
  const routes = value.map(parseRoute);
  const names = routes.map(({ name }) => name);
  if (new Set(names).size < names.length) throw new Error('must give each route its own name.');
  return routes;
}

function parseRoute(value: unknown, index: number): RouteOptions {
  const place = `route ${index + 1}`;
  if (!isRecord(value)) throw new Error(`${place} must be an object.`);
  const queue = typeof value['url'] === 'string' ? queueOfUrl(value['url']) : undefined;
  const members = queue ? membersOfQueue[queue] : forwardMembers;
  // A program may have given a property as undefined.
  const given = Object.keys(value).filter((name) => value[name] !== undefined);
  const unknown = given.find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined)
    throw new Error(
      `${place} has an unknown property. Properties of a route with this kind of URL: ${Object.keys(members).join(', ')}.`,
    );
  for (const name of ['name', 'url', ...(queue ? queueMembers[queue] : [])])
    if (!given.includes(name)) throw new Error(`${place} must have the property ${name}.`);
  const parsed = Object.entries(members)
    .filter(([name]) => given.includes(name))
    .map(([name, parse]) => {
      try {
        return [name, parse(value[name])];
      } catch (error) {
        throw new Error(`${place}, ${name}: ${error instanceof Error ? error.message : 'is invalid.'}`);
      }
    });
  // Each property comes from the parser of its name, a pairing that TypeScript loses in a list of entries.
  return Object.fromEntries(parsed) as RouteOptions;
}

function problemOfRouteUrl(url: string): string | undefined {
  if (queueOfUrl(url)) return problemOfQueueUrl(url);
  return /^https?:/i.test(url)
    ? problemOfUrl(url)
    : 'must be an http or https URL, or the URL of a queue: nats, tls, amqp, amqps, kafka or kafkas.';
}

function routeName(value: unknown): string {
  if (typeof value !== 'string' || !/^[\w-]{1,64}$/.test(value))
    throw new Error('must have only letters, digits, - and _, at most 64.');
  if (value === 'handler') throw new Error('must not be "handler", the name of the route to handlers.');
  if (value === confirmRoute) throw new Error('must not be "confirm", the name of the confirmation.');
  return value;
}

function eventOf(value: unknown): CallbackEvent {
  const event = textOf(value);
  if (!isCallbackEvent(event)) throw new Error('must list events, such as accept, reject and pending.');
  return event;
}

function oneOf(choices: readonly string[]): (value: unknown) => string {
  return (value) => {
    const choice = choices.find((each) => each === value);
    if (!choice) throw new Error(`must be ${choices.join(', ')}.`);
    return choice;
  };
}

function amqpNameOf(value: unknown): string {
  // The default exchange has an empty name, and a fanout exchange needs no routing key.
  return value === '' ? value : checked(problemOfAmqpName)(value);
}

/** Headers that the server itself sets, or that belong to the connection. */
const ownHeaders =
  /^(content-|idempotency-key$|callback-|webhook-|host$|connection$|transfer-encoding$|expect$|upgrade$|keep-alive$)/i;

function headersOf(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) throw new Error('must be an object of headers.');
  const headers = Object.entries(value).map(([name, text]) => [name, textOf(text)] as const);
  try {
    new Headers(headers.map(([name, text]) => [name, text]));
  } catch {
    throw new Error('must have valid names and values.');
  }
  if (headers.some(([name]) => ownHeaders.test(name)))
    throw new Error('must not name a header that the server sets itself.');
  return Object.fromEntries(headers);
}

function listOf<Item>(value: unknown, parse: (item: unknown) => Item): Item[] {
  if (!Array.isArray(value) || value.length === 0) throw new Error('must be a list with at least one item.');
  if (new Set(value).size < value.length) throw new Error('must not list an item twice.');
  return value.map(parse);
}

function numberUpTo(max: number): (value: unknown) => number {
  return (value) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > max)
      throw new Error(`must be a whole number from 1 to ${max}.`);
    return value;
  };
}

/** Creates a parser of a text. `problemOf` says what is wrong with the text; `undefined` if it is acceptable. */
function checked(problemOf: (text: string) => string | undefined): (value: unknown) => string {
  return (value) => {
    const text = textOf(value);
    const problem = problemOf(text);
    if (problem) throw new Error(problem);
    return text;
  };
}

function textOf(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Error('must be text.');
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
