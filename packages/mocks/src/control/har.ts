import type { JournalEntry, RequestEntry } from '../sandbox/journal.ts';

/** A journal as HAR 1.2: what is not in the journal, because it is personal or secret, is not here either. */
export function harOf(entries: readonly JournalEntry[]): object {
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
      ...{ method, url: `http://sandbox.invalid${path}${search(query)}`, httpVersion: 'HTTP/1.1' },
      ...nothing,
      headers: request === undefined ? [] : jsonHeaders,
      queryString: query,
      ...(request !== undefined && { postData: { mimeType: json, text: JSON.stringify(request) } }),
    },
    response: {
      ...{ status, statusText: '', httpVersion: 'HTTP/1.1', redirectURL: '' },
      ...nothing,
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

/** The path with its parameters filled in, and the others as the query. */
function addressOf({ path, parameters }: RequestEntry): {
  readonly path: string;
  readonly query: readonly NameAndValue[];
} {
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
  const text = new URLSearchParams(
    query.map(({ name, value }): [string, string] => [name, value]),
  ).toString();
  return text && `?${text}`;
}

const json = 'application/json';
const jsonHeaders = [{ name: 'content-type', value: json }];
const nothing = { cookies: [], headersSize: -1, bodySize: -1 };
