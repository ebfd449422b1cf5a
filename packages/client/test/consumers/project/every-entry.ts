import type { Tracer } from '@opentelemetry/api';
import {
  type ClientEvent,
  createPartnerClient,
  type PartnerClient,
  type RawResponse,
} from '@partner-ecosystem/client';
import { contractGuard, createMerchant, pullMerchant } from '@partner-ecosystem/client/guards';
import { openTelemetryEvents } from '@partner-ecosystem/client/otel';

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
