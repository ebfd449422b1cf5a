import type { Context, Hono } from 'hono';
import { hasProperties } from '../core/json/json-value.ts';
import type { JournalEntry, RequestEntry } from '../sandbox/journal.ts';
import { readQuery, type SandboxEnv } from './read-input.ts';

export function journalRoutes(api: Hono<SandboxEnv>): void {
  api.get('/journal', (context) => context.json(selectEntries(context, 'listJournal')));
  api.get('/journal/har', (context) => context.json(harOf(selectEntries(context, 'exportHar'))));
  api.get('/coverage', (context) => context.json(context.var.sandbox.coverage()));
}

function selectEntries(context: Context<SandboxEnv>, operationId: 'listJournal' | 'exportHar') {
  const { limit = 100, ...filter } = readQuery(context, operationId);
  const entries = context.var.sandbox.journal();
  return entries.filter((entry) => hasProperties(entry, filter)).slice(-limit);
}

/** Exports a journal as HAR 1.2. It contains no personal data and no secrets, because the journal contains none. */
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
  const { at, method, status, request, response, answeredBy, fidelity, basis } = entry;
  const { path, query } = addressOf(entry);
  return {
    startedDateTime: new Date(at).toISOString(),
    time: 0,
    request: {
      ...common,
      method,
      url: `http://sandbox.invalid${path}${search(query)}`,
      headers: request === undefined ? [] : jsonHeaders,
      queryString: query,
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
    timings: { send: 0, wait: 0, receive: 0 },
    comment: `${answeredBy}; ${fidelity}: ${basis}`,
  };
}

interface NameAndValue {
  readonly name: string;
  readonly value: string;
}

/** Fills the path parameters into the path. The other parameters form the query. */
function addressOf({ path, parameters }: RequestEntry) {
  const given = Object.entries(Object(parameters)).map(([name, value]) => ({ name, value: `${value}` }));
  const isInPath = ({ name }: NameAndValue) => path.includes(`{${name}}`);
  return {
    path: given
      .filter(isInPath)
      .reduce((filled, { name, value }) => filled.replace(`{${name}}`, encodeURIComponent(value)), path),
    query: given.filter((each) => !isInPath(each)),
  };
}

function search(query: readonly NameAndValue[]): string {
  const text = `${new URLSearchParams(query.map(({ name, value }): [string, string] => [name, value]))}`;
  return text && `?${text}`;
}

const json = 'application/json';
const jsonHeaders = [{ name: 'content-type', value: json }];
const common = { httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1, bodySize: -1 };
