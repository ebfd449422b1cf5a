import type { AmqpTarget, KafkaTarget, NatsTarget } from '../queues/queue-target.ts';
import type { ForwardRoute } from './forward-route.ts';

/** What every route may have. */
type RouteMembers = Omit<ForwardRoute, 'url' | 'secrets' | 'headers'>;

/** A subject of NATS JetStream that callbacks are published to. Needs `@nats-io/transport-node` and `@nats-io/jetstream`. */
export interface NatsRoute extends RouteMembers, NatsTarget {}

/** An exchange of RabbitMQ that callbacks are published to. Needs `amqplib`. */
export interface AmqpRoute extends RouteMembers, AmqpTarget {}

/** A topic of Kafka that callbacks are published to. Needs `@platformatic/kafka`. */
export interface KafkaRoute extends RouteMembers, KafkaTarget {}

/** A URL or a queue that callbacks are delivered to. */
export type RouteOptions = ForwardRoute | NatsRoute | AmqpRoute | KafkaRoute;
