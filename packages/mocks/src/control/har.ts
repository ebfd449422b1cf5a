import type { JournalEntry, RequestEntry } from '../journal.ts';

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
  const { at, method, path, status, request, response, answeredBy, fidelity, basis } = entry;
  return {
    startedDateTime: new Date(at).toISOString(),
    time: 0,
    request: {
      ...{ method, url: `http://sandbox.invalid${path}`, httpVersion: 'HTTP/1.1' },
      ...nothing,
      headers: request === undefined ? [] : jsonHeaders,
      queryString: [],
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

const json = 'application/json';
const jsonHeaders = [{ name: 'content-type', value: json }];
const nothing = { cookies: [], headersSize: -1, bodySize: -1 };
