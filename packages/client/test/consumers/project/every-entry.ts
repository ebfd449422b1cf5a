import type { Tracer } from '@opentelemetry/api';
import {
  type ClientEvent,
  createPartnerClient,
  type PartnerClient,
  type RawResponse,
} from '@partner-ecosystem/client';
import { contractGuard, createMerchant, pullMerchant } from '@partner-ecosystem/client/guards';
import { createOpenApiClient, type paths } from '@partner-ecosystem/client/openapi-fetch';
import { openTelemetryEvents } from '@partner-ecosystem/client/otel';
import type { Client } from 'openapi-fetch';

declare const tracer: Tracer;

const trace = openTelemetryEvents(tracer);
const observe = (event: ClientEvent): void => {
  trace(event);
  if (event.type === 'retry') console.log(event.operationId, event.waitMs, event.error);
};

export const partner: PartnerClient = createPartnerClient({
  goUrl: 'https://go.example.com',
  backopsUrl: 'https://b.example.com',
  persistUrl: 'https://persist.example.com',
  retry: { maxAttempts: 5, budgetMs: undefined },
  guard: contractGuard([createMerchant, pullMerchant], { requests: 'throw', responses: 'warn' }),
  findMerchant: async () => undefined,
  onEvent: observe,
});

export async function statusOf(merchantId: string, realmId: string): Promise<string | undefined> {
  const response: RawResponse<'pullMerchant'> = await partner.raw.pullMerchant({ merchantId, realmId });
  return response.ok ? response.body.result.merchantData.basicDetails.status : undefined;
}

const client: Client<paths> = createOpenApiClient(partner);

export async function emailOf(merchantId: string, realmId: string): Promise<string | undefined> {
  const { data, error } = await client.GET('/api/distributors/pullMerchant/{merchantId}', {
    params: { path: { merchantId }, query: { realmId } },
  });
  if (error !== undefined) throw new Error(typeof error === 'string' ? error : error.error?.code);
  return data.result.merchantData.basicDetails.email;
}

export async function urlOf(photo: File): Promise<string> {
  const { data } = await client.POST('/api/files/upload', { body: { file: photo, ttl: '1 month' } });
  return data?.file.directURL ?? '';
}
