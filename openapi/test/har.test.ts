import { redact, requests } from '@partner-ecosystem/openapi/classification';
import * as examples from '@partner-ecosystem/openapi/examples';
import { checkHar } from '@partner-ecosystem/openapi/har';
import { expect, test } from 'vitest';

interface Recorded {
  readonly path: string;
  readonly request: unknown;
  readonly status?: number;
  readonly response?: unknown;
}

/** A HAR file with one POST. */
function recordingOf({ path, request, status = 200, response }: Recorded) {
  const content = {
    mimeType: 'application/json',
    ...(response !== undefined && { text: JSON.stringify(response) }),
  };
  const entry = {
    request: {
      method: 'POST',
      url: `https://tenant.example${path}`,
      postData: { text: JSON.stringify(request) },
    },
    response: { status, content },
  };
  return { log: { entries: [entry] } };
}

test('the URLs of callbacks that a recording leaves out are no drift', () => {
  const [registration = {}] = Object.values(examples.requests.registerCallbacks);
  const request = redact(registration, requests.registerCallbacks);
  expect(request).toMatchObject({ callbacks: {} });
  expect(checkHar(recordingOf({ path: '/api/distributors/callback', request })).drifts).toEqual([]);
});

test('the body of a success that the contract does not list is checked like the body of the listed success', () => {
  const [created] = Object.values<object>(examples.responses.createMerchant[200]);
  const { drifts } = checkHar(
    recordingOf({
      path: '/api/distributors/createMerchant',
      request: examples.requests.createMerchant.customer,
      status: 202,
      response: { ...created, loginUrl: undefined, status: 'queued' },
    }),
  );
  expect(drifts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ status: 202, keyword: 'status' }),
      expect.objectContaining({ status: 202, keyword: 'word', word: 'queued' }),
      expect.objectContaining({ status: 202, keyword: 'missing', pointer: '/loginUrl' }),
    ]),
  );
});
