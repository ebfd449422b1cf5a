import type { Context, Hono } from 'hono';
import { hasProperties } from '../core/json/json-value.ts';
import { assertWord } from '../core/model/assert-options.ts';
import type { JournalEntry, RequestEntry } from '../sandbox/journal.ts';
import { addressOf } from '../sandbox/request-address.ts';
import { operationWords } from '../sandbox/request-filter.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { ControlProblem } from './problem.ts';
import { readQuery, type SandboxEnv } from './read-input.ts';

export function journalRoutes(api: Hono<SandboxEnv>): void {
  api.get('/journal', (context) =>
    context.json(withCases(context.var.sandbox, selectEntries(context, 'listJournal'))),
  );
  api.get('/journal/har', (context) => context.json(harOf(selectEntries(context, 'exportHar'))));
  api.get('/journal/:entryId', (context) => {
    const { reveal = false } = readQuery(context, 'getExchange');
    const exchange = context.var.sandbox.exchange(Number(context.req.param('entryId')), { reveal });
    if (!exchange)
      throw new ControlProblem(
        404,
        'The journal has no request with this id. The journal keeps only the newest requests.',
      );
    return context.json(exchange);
  });
  api.get('/coverage', (context) => {
    readQuery(context, 'getCoverage');
    return context.json(context.var.sandbox.coverage());
  });
}

function selectEntries(context: Context<SandboxEnv>, operationId: 'listJournal' | 'exportHar') {
  const { limit = 100, ...filter } = readQuery(context, operationId);
  assertWord('operation', filter.operation, operationWords);
  const entries = context.var.sandbox.journal();
  return entries.filter((entry) => hasProperties(entry, filter)).slice(-limit);
}

/** Adds the partner's own reference to each entry about a case. */
function withCases({ backOffice }: Sandbox, entries: readonly JournalEntry[]) {
  const references = new Map<string, string | undefined>();
  return entries.map((entry) => {
    const { merchantId } = entry;
    if (merchantId === undefined) return entry;
    if (!references.has(merchantId)) {
      const reference = backOffice.find(merchantId)?.customer.signzyAppId;
      // The sandbox also accepts a number as the reference.
      references.set(merchantId, reference === undefined ? undefined : `${reference}`);
    }
    return { ...entry, signzyAppId: references.get(merchantId) };
  });
}

/** Exports a journal as HAR 1.2. The export has no personal data or secrets, because the journal has none. */
function harOf(entries: readonly JournalEntry[]): object {
  const requests = entries.filter((entry) => entry.kind === 'request');
  return {
    log: {
      version: '1.2',
      creator: { name: '@partner-ecosystem/mocks', version: '0.1.0' },
      entries: requests.map(harEntry),
    },
  };
}

function harEntry(entry: RequestEntry): object {
  const { at, tookMs, method, status, request, response, answeredBy, fidelity, basis } = entry;
  const { path, query } = addressOf(entry);
  return {
    startedDateTime: new Date(at).toISOString(),
    time: tookMs,
    request: {
      ...common,
      method,
      url: `http://sandbox.invalid${path}${query.size > 0 ? `?${query}` : ''}`,
      headers: request === undefined ? [] : jsonHeaders,
      queryString: [...query].map(([name, value]) => ({ name, value })),
      ...(request !== undefined && { postData: { mimeType: json, text: JSON.stringify(request) } }),
    },
    response: {
      ...common,
      status,
      statusText: '',
      redirectURL: '',
      headers: jsonHeaders,
      content: { size: -1, mimeType: json, text: JSON.stringify(response) ?? '' },
    },
    cache: {},
    timings: { send: 0, wait: tookMs, receive: 0 },
    comment: `${answeredBy}; ${fidelity}: ${basis}`,
  };
}

const json = 'application/json';
const jsonHeaders = [{ name: 'content-type', value: json }];
const common = { httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1, bodySize: -1 };
