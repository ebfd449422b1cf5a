import { createFactorChecks } from '../access/check-factors.ts';
import { assertAdminAccess } from '../admin/admin-guard.ts';
import { problemOfSigningSecret, problemOfUrl } from '../dispatch/forward-target.ts';
import { isAmqpRoute, isNatsRoute } from '../dispatch/open-queue-of.ts';
import type { RouteOptions } from '../dispatch/queue-route.ts';
import {
  problemOfAmqpName,
  problemOfQueueUrl,
  problemOfSubject,
  queueMembers,
  queueOfUrl,
} from '../queues/queue-target.ts';
import { maxQueued } from '../store/engine/commit-queue.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';

/** @throws TypeError for options that admit too many or nobody, or with which the server could not work. */
export function assertOptions(options: CallbackServerOptions): void {
  const { forwardUrl, forwardSecret, routes = [], maxBodyBytes = 0 } = options;
  assertAdminAccess(options.adminHost ?? '127.0.0.1', options.adminTokens ?? []);
  createFactorChecks(options);
  assertOption('forwardUrl', forwardUrl === undefined ? undefined : problemOfUrl(forwardUrl));
  assertOption(
    'forwardSecret',
    forwardSecret === undefined ? undefined : problemOfSigningSecret(forwardSecret),
  );
  for (const route of routes) assertRoute(route);
  assertOption(
    'maxBodyBytes',
    maxBodyBytes > maxQueued.bytes ? `must be ${maxQueued.bytes} at most.` : undefined,
  );
}

function assertRoute(route: RouteOptions): void {
  const name = `routes, ${route.name}:`;
  const queue = queueOfUrl(route.url);
  assertOption(`${name} url`, queue ? problemOfQueueUrl(route.url) : problemOfUrl(route.url));
  if (isNatsRoute(route)) {
    assertOption(`${name} subject`, queue === 'nats' ? problemOfSubject(route.subject) : needsUrlOf('nats'));
  } else if (isAmqpRoute(route)) {
    assertOption(
      `${name} exchange`,
      queue === 'amqp' ? problemOfAmqpName(route.exchange) : needsUrlOf('amqp'),
    );
    assertOption(`${name} routingKey`, problemOfAmqpName(route.routingKey));
  } else {
    assertOption(name, queue && `must have the members of a queue: ${queueMembers[queue].join(', ')}.`);
    for (const secret of route.secrets ?? []) assertOption(`${name} secrets`, problemOfSigningSecret(secret));
  }
}

function needsUrlOf(queue: 'nats' | 'amqp'): string {
  return `must come with a url that begins with ${queue}://.`;
}

function assertOption(option: string, problem: string | undefined): void {
  if (problem) throw new TypeError(`${option} ${problem}`);
}
