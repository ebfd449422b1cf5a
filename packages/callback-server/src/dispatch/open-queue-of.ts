import { loadAmqp } from '../queues/amqp-queue.ts';
import { loadKafka } from '../queues/kafka-queue.ts';
import { loadNats } from '../queues/nats-queue.ts';
import type { OpenQueue } from '../queues/queue-connection.ts';
import type { AmqpRoute, KafkaRoute, NatsRoute, RouteOptions } from './queue-route.ts';
import { RouteOptionsError } from './route-options-error.ts';

/**
 * Loads the client of a route's queue. Returns `undefined` if the route is a URL.
 *
 * @throws RouteOptionsError if the client is not installed.
 */
export async function openQueueOf(route: RouteOptions): Promise<OpenQueue | undefined> {
  if (isNatsRoute(route))
    return load(route.name, '@nats-io/transport-node @nats-io/jetstream', () => loadNats(route));
  if (isAmqpRoute(route)) return load(route.name, 'amqplib', () => loadAmqp(route));
  if (isKafkaRoute(route)) return load(route.name, '@platformatic/kafka', () => loadKafka(route));
  return undefined;
}

function isNatsRoute(route: RouteOptions): route is NatsRoute {
  return 'subject' in route;
}

function isAmqpRoute(route: RouteOptions): route is AmqpRoute {
  return 'exchange' in route;
}

function isKafkaRoute(route: RouteOptions): route is KafkaRoute {
  return 'topic' in route;
}

async function load(route: string, packages: string, loadClient: () => Promise<OpenQueue>) {
  try {
    return await loadClient();
  } catch (error) {
    if (!/MODULE_NOT_FOUND$/.test(String(Reflect.get(Object(error), 'code')))) throw error;
    throw new RouteOptionsError(
      `route "${route}" needs a client that is not installed. Install it: npm install ${packages}`,
      { cause: error },
    );
  }
}
