import { CancelledError, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import createReactQuery from 'openapi-react-query';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { createOpenApiClient } from '../../src/create-open-api-client.ts';
import { OutcomeUnknownError } from '../../src/index.ts';
import { merchant, pull } from '../support/example-input.ts';
import { type Provider, startProvider } from '../support/provider.ts';
import { never } from '../support/scripted-provider.ts';

const path = '/api/distributors/pullMerchant/{merchantId}';
const init = { params: { path: { merchantId: pull.merchantId }, query: { realmId: pull.realmId } } } as const;

const hooksOf = ({ partner }: Provider) => createReactQuery(createOpenApiClient(partner));
const queries = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });

describe('openapi-react-query over the client', () => {
  test('a component shows the pulled merchant', async () => {
    await using provider = await startProvider();
    const hooks = hooksOf(provider);
    const client = queries();
    function Status() {
      const { data } = hooks.useQuery('get', path, init);
      return data?.result.merchantData.basicDetails.status;
    }
    const render = () =>
      renderToString(createElement(QueryClientProvider, { client }, createElement(Status)));
    expect(render()).toBe('');
    await client.prefetchQuery(hooks.queryOptions('get', path, init));
    expect(render()).toBe('accept');
    expect(provider.count('loginPartner')).toBe(1);
  });

  test.each([
    ['an empty body', ''],
    ['JSON', { error: { statusCode: 404 } }],
  ])('a 404 with %s makes the query fail', async (_, body) => {
    await using provider = await startProvider({ pullMerchant: () => ({ status: 404, body }) });
    const failed = queries().fetchQuery(hooksOf(provider).queryOptions('get', path, init));
    await expect(failed).rejects.toEqual(body || {});
  });

  test('a query that is cancelled ends its request', async () => {
    const client = queries();
    const ended = Promise.withResolvers<string>();
    await using provider = await startProvider({
      pullMerchant: () => client.cancelQueries().then(never),
    });
    const partner = provider.client({
      onEvent: (event) => event.type === 'error' && ended.resolve(event.error),
    });
    const hooks = createReactQuery(createOpenApiClient(partner));
    await expect(client.fetchQuery(hooks.queryOptions('get', path, init))).rejects.toBeInstanceOf(
      CancelledError,
    );
    expect(await ended.promise).toBe('AbortedError');
  });

  test('a mutation whose outcome is unknown fails with an OutcomeUnknownError, and is sent once', async () => {
    await using provider = await startProvider({ createMerchant: () => ({ status: 502 }) });
    const hooks = hooksOf(provider);
    const client = queries();
    const failed = Promise.withResolvers<unknown>();
    function Create() {
      const { mutate } = hooks.useMutation('post', '/api/distributors/createMerchant', {
        onError: failed.resolve,
      });
      mutate({ body: merchant });
      return null;
    }
    renderToString(createElement(QueryClientProvider, { client }, createElement(Create)));
    expect(await failed.promise).toBeInstanceOf(OutcomeUnknownError);
    expect(provider.count('createMerchant')).toBe(1);
  });
});
