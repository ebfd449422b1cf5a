import { Configuration, DefaultApi } from '@onfido/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { createPartnerClient } from '@partner-ecosystem/client';
import { openTelemetryEvents } from '@partner-ecosystem/client/otel';
import { requests } from '@partner-ecosystem/openapi/examples';
import ky from 'ky';
import OpenAI from 'openai';
import { PlaidApi, Configuration as PlaidConfiguration } from 'plaid';
import Stripe from 'stripe';

/** Texts that no log may show. */
export const canaries = { secret: 'canary-secret-c5a1', person: 'canary-person-c5a2' };
const { secret, person } = canaries;

/** A write about the person, with a client that holds the secret. The client's own logs and events go to `log`. */
export interface RefusedCall {
  readonly name: string;
  /** The client's own ways to log. */
  readonly logs?: 'debug log' | 'events' | 'events, spans';
  call(url: string, log: (...entry: unknown[]) => void): Promise<unknown>;
}

/** Our client, and the clients that it is compared with. */
export const refusedCalls: readonly RefusedCall[] = [
  {
    name: 'ours',
    logs: 'events, spans',
    async call(url, log) {
      const spans = new InMemorySpanExporter();
      const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
      const trace = openTelemetryEvents(provider.getTracer('ours'));
      const partner = createPartnerClient({
        goUrl: url,
        backopsUrl: url,
        persistUrl: url,
        credentials: { username: 'example', password: secret },
        onEvent(event) {
          log(event);
          trace(event);
        },
      });
      const merchant = { ...requests.createMerchant.customer, name: person };
      return partner.createMerchant(merchant).finally(() => log(spans.getFinishedSpans()));
    },
  },
  {
    name: 'plaid',
    call: (url) =>
      new PlaidApi(
        new PlaidConfiguration({ basePath: url, baseOptions: { headers: { 'PLAID-SECRET': secret } } }),
      ).identityVerificationCreate({
        template_id: 'example',
        is_shareable: false,
        gave_consent: true,
        user: { client_user_id: 'example', email_address: person },
      }),
  },
  {
    name: '@onfido/api',
    call: (url) =>
      new DefaultApi(new Configuration({ basePath: url, apiToken: secret })).createApplicant({
        first_name: person,
        last_name: 'Example',
      }),
  },
  {
    name: 'ky',
    call: (url) =>
      ky.post(url, { headers: { Authorization: secret }, json: { name: person }, retry: 0 }).json(),
  },
  {
    name: 'openai',
    logs: 'debug log',
    call: (url, debug) =>
      new OpenAI({
        apiKey: secret,
        baseURL: url,
        maxRetries: 0,
        logLevel: 'debug',
        logger: { debug, info: debug, warn: debug, error: debug },
      }).chat.completions.create({ model: 'example', messages: [{ role: 'user', content: person }] }),
  },
  {
    name: 'stripe',
    logs: 'events',
    call: (url, log) => {
      const { hostname: host, port } = new URL(url);
      const stripe = new Stripe(secret, {
        host,
        port,
        protocol: 'http',
        maxNetworkRetries: 0,
        telemetry: false,
      });
      stripe.on('request', log);
      stripe.on('response', log);
      return stripe.customers.create({ name: person });
    },
  },
];
