import { type Attributes, type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { ClientEvent, EventOrigin, FailureKind } from './client-event.ts';

/**
 * For the client's option `onEvent`: a span for each attempt, by OpenTelemetry's conventions for HTTP clients. A span
 * is named after the path of the contract, and has `url.template` in place of `url.full`: a URL holds ids.
 *
 * @example
 * ```ts
 * const tracer = trace.getTracer('my-app');
 * const partner = createPartnerClient({ environment: 'preproduction', credentials, onEvent: openTelemetryEvents(tracer) });
 * ```
 */
export function openTelemetryEvents(tracer: Tracer): (event: ClientEvent) => void {
  /** The attempts under way, by their call: a call has one at a time. */
  const spans = new Map<number, Span>();

  const end = (call: number, attributes: Attributes, failure: string | undefined) => {
    const span = spans.get(call);
    spans.delete(call);
    span?.setAttributes(attributes);
    if (failure !== undefined) {
      span?.setAttribute('error.type', failure);
      span?.setStatus({ code: SpanStatusCode.ERROR });
    }
    span?.end();
  };

  return (event) => {
    if (event.type === 'attempt') spans.set(event.call, startSpan(tracer, event, event.attempt));
    if (event.type === 'response') {
      const attributes = { 'http.response.status_code': event.status };
      end(event.call, attributes, event.status >= 400 ? String(event.status) : undefined);
    }
    // Without an answer, the attempt ends with the word for why there is none.
    if (event.type === 'retry' || event.type === 'found' || event.type === 'error')
      end(event.call, {}, errorType(event));
  };
}

function startSpan(tracer: Tracer, origin: EventOrigin, attempt: number): Span {
  const { method, urlTemplate, operationId } = origin;
  const { hostname, port, protocol } = new URL(origin.serverUrl);
  return tracer.startSpan(`${method} ${urlTemplate}`, {
    kind: SpanKind.CLIENT,
    attributes: {
      'http.request.method': method,
      'url.template': urlTemplate,
      'server.address': hostname,
      'server.port': port ? Number(port) : protocol === 'https:' ? 443 : 80,
      'partner_ecosystem.operation_id': operationId,
      ...(attempt > 1 && { 'http.request.resend_count': attempt - 1 }),
    },
  });
}

function errorType({ code, error }: FailureKind): string {
  return code ?? error;
}
