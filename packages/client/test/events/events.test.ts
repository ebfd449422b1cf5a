import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { describe, expect, test } from 'vitest';
import { openTelemetryEvents } from '../../src/events/open-telemetry-events.ts';
import type { ClientEvent } from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { merchant, pull } from '../support/example-input.ts';
import { closedUrl, countedTokens, credentials, password, startProvider } from '../support/provider.ts';
import type { ScriptedResponse } from '../support/scripted-provider.ts';

/** Events without their times, which vary. */
const withoutTimes = (events: readonly ClientEvent[]) =>
  events.map(({ call, operationId, type, method, urlTemplate, serverUrl, ...rest }) => {
    const { durationMs, waitMs, ...details } = rest as Record<string, unknown>;
    return { call, operationId, type, ...details };
  });

describe('the events', () => {
  test('events report a call from its start, with its login and its attempts, to its response', async () => {
    const responses: ScriptedResponse[] = [{ status: 401, body: {} }, { status: 503 }];
    const headers = { 'X-Request-Id': 'req-1' };
    await using provider = await startProvider({
      loginPartner: countedTokens(),
      pullMerchant: () => responses.shift() ?? { ...success('pullMerchant'), headers },
    });
    const events: ClientEvent[] = [];
    const partner = provider.client({ onEvent: (event) => events.push(event) });
    await partner.pullMerchant(pull);
    const login = (call: number, reason: string) => [
      { call, operationId: 'loginPartner', type: 'login', reason },
      { call, operationId: 'loginPartner', type: 'attempt', attempt: 1 },
      { call, operationId: 'loginPartner', type: 'response', attempt: 1, status: 200 },
    ];
    const call = { call: 1, operationId: 'pullMerchant' };
    expect(withoutTimes(events)).toEqual([
      { ...call, type: 'start' },
      ...login(2, 'first'),
      { ...call, type: 'attempt', attempt: 1 },
      { ...call, type: 'response', attempt: 1, status: 401 },
      { ...call, type: 'retry', attempt: 1, error: 'AuthenticationError', status: 401 },
      ...login(3, 'refused'),
      { ...call, type: 'attempt', attempt: 2 },
      { ...call, type: 'response', attempt: 2, status: 503 },
      { ...call, type: 'retry', attempt: 2, error: 'ServerError', status: 503 },
      { ...call, type: 'attempt', attempt: 3 },
      { ...call, type: 'response', attempt: 3, status: 200, requestId: 'req-1' },
    ]);
    expect(events[0]).toMatchObject({
      method: 'GET',
      urlTemplate: '/api/distributors/pullMerchant/{merchantId}',
      serverUrl: provider.url,
    });
  });

  test.each(['token-1', 'req-token-1', 'Not-a-real-password-1'])(
    'no event and no error has a request id that repeats the token or the password of a login: %s',
    async (requestId) => {
      const headers = { 'X-Request-Id': requestId };
      const responses: ScriptedResponse[] = [{ body: { id: 'token-1' }, headers }];
      await using provider = await startProvider({
        loginPartner: () => responses.shift() ?? { status: 401, headers, body: {} },
        createPartner: () => ({ ...success('createPartner'), headers: { 'X-Request-Id': password } }),
      });
      const events: ClientEvent[] = [];
      const partner = provider.client({ onEvent: (event) => events.push(event) });
      await partner.pullMerchant(pull);
      await partner.createPartner(credentials);
      expect(JSON.stringify(events)).not.toContain(requestId);
      expect(JSON.stringify(events)).not.toContain(password);
    },
  );

  test('the last event has the kind of the failure, and shows no error of the caller’s own function', async () => {
    await using provider = await startProvider({ pullMerchant: () => ({ status: 404, body: {} }) });
    const events: ClientEvent[] = [];
    const onEvent = (event: ClientEvent) => events.push(event);
    await provider
      .client({ onEvent })
      .pullMerchant(pull)
      .catch(() => {});
    expect(withoutTimes(events).at(-1)).toMatchObject({
      type: 'error',
      attempts: 1,
      error: 'NotFoundError',
      status: 404,
    });
    const credentials = () => {
      throw Object.assign(new Error('secret'), { name: 'secret', code: 'secret' });
    };
    await provider
      .client({ onEvent, credentials })
      .pullMerchant(pull)
      .catch(() => {});
    expect(withoutTimes(events).at(-1)).toMatchObject({ type: 'error', attempts: 0, error: 'Error' });
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  test.each([
    () => {
      throw new Error('no disk');
    },
    () => Promise.reject(new Error('no disk')),
    () => new Promise(() => {}),
  ])('a listener that fails or hangs does not make a call fail: %s', async (onEvent) => {
    await using provider = await startProvider();
    await expect(provider.client({ onEvent }).createMerchant(merchant)).resolves.toBeDefined();
  });

  test('an event has the scheme, host and port of a server, but no secret path', async () => {
    await using provider = await startProvider();
    const events: ClientEvent[] = [];
    const onEvent = (event: ClientEvent) => events.push(event);
    const fetch = async () => Response.json({ id: 'token', result: {} });
    const goUrl = 'https://proxy.example:8443/secret-path/';
    await provider.client({ goUrl, onEvent, fetch }).pullMerchant(pull);
    expect(new Set(events.map(({ serverUrl }) => serverUrl))).toEqual(
      new Set(['https://proxy.example:8443']),
    );
    expect(JSON.stringify(events)).not.toContain('secret-path');
  });
});

describe('OpenTelemetry', () => {
  async function spansOf(responses: ScriptedResponse[], goUrl?: string) {
    await using provider = await startProvider({
      pullMerchant: () => responses.shift() ?? success('pullMerchant'),
    });
    const exporter = new InMemorySpanExporter();
    const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    const onEvent = openTelemetryEvents(tracers.getTracer('test'));
    const partner = provider.client({ onEvent, ...(goUrl && { goUrl, retry: false }) });
    await partner.pullMerchant(pull).catch(() => {});
    return { port: Number(new URL(provider.url).port), spans: exporter.getFinishedSpans() };
  }

  test('each attempt becomes a span, according to the conventions for HTTP clients', async () => {
    const { port, spans } = await spansOf([{ status: 503 }]);
    const common = {
      'http.request.method': 'GET',
      'url.template': '/api/distributors/pullMerchant/{merchantId}',
      'server.address': '127.0.0.1',
      'server.port': port,
      'partner_ecosystem.operation_id': 'pullMerchant',
    };
    expect(spans.map(({ name }) => name)).toEqual([
      'POST /api/distributors/login',
      'GET /api/distributors/pullMerchant/{merchantId}',
      'GET /api/distributors/pullMerchant/{merchantId}',
    ]);
    expect(spans.every(({ kind }) => kind === SpanKind.CLIENT)).toBe(true);
    expect(spans[1]?.attributes).toEqual({
      ...common,
      'http.response.status_code': 503,
      'error.type': '503',
    });
    expect(spans[1]?.status.code).toBe(SpanStatusCode.ERROR);
    expect(spans[2]?.attributes).toEqual({
      ...common,
      'http.request.resend_count': 1,
      'http.response.status_code': 200,
    });
    expect(spans[2]?.status.code).toBe(SpanStatusCode.UNSET);
  });

  test('an attempt without a response has the error code of the network', async () => {
    const { spans } = await spansOf([], closedUrl);
    expect(spans.map(({ attributes }) => attributes['error.type'])).toEqual(['ECONNREFUSED']);
  });
});
