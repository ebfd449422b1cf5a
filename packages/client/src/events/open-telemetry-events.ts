import { type Attributes, type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { ClientEvent, EventOrigin } from './client-event.ts';

/**
 * Creates a listener for the client's option `onEvent`. The listener records a span for each attempt, according to
 * OpenTelemetry's conventions for HTTP clients. The method and the path of the contract are the name of the span. The span
 * has `url.template` instead of `url.full`, because a URL contains ids.
 *
 * @example
 * ```ts
 * const tracer = trace.getTracer('my-app');
 * const partner = createPartnerClient({ environment: 'preproduction', credentials, onEvent: openTelemetryEvents(tracer) });
 * ```
 */
export function openTelemetryEvents(tracer: Tracer): (event: ClientEvent) => void {
  /** Spans of running attempts, by the number of their call. A call has one attempt at a time. */
  const spans = new Map<number, Span>();

  const end = (call: number, attributes: Attributes, errorType: string | undefined) => {
    const span = spans.get(call);
    spans.delete(call);
    span?.setAttributes(attributes);
    if (errorType !== undefined) {
      span?.setAttribute('error.type', errorType);
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
    // Without a response, one of these events ends the attempt.
    if (event.type === 'retry' || event.type === 'found' || event.type === 'error')
      end(event.call, {}, event.code ?? event.error);
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
