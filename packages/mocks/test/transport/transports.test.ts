import { requests } from '@partner-ecosystem/openapi/examples';
import { setupServer } from 'msw/node';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../../src/index.ts';
import { mswHandlers } from '../../src/msw.ts';
import { ApiSession, journey, start } from '../support/journey.ts';
import { listen } from '../support/listen.ts';

test('the journey has the same responses over HTTP, through MSW and in process', async () => {
  const options = { seed: 7, now: () => start };
  const overHttp = createSandbox(options);
  const server = await listen(overHttp.fetch);
  onTestFinished(server.close);
  const overHttpResponses = await journey(new ApiSession(fetch, server.url), overHttp);

  const throughMsw = createSandbox(options);
  const msw = setupServer(...mswHandlers(throughMsw, { baseUrls: { go: 'http://provider.test' } }));
  msw.listen();
  onTestFinished(() => msw.close());
  const throughMswResponses = await journey(new ApiSession(fetch, 'http://provider.test'), throughMsw);

  const inProcess = createSandbox(options);
  const inProcessResponses = await journey(new ApiSession(inProcess.fetch), inProcess);

  expect(overHttpResponses.map(({ status }) => status)).toEqual([...Array(14).fill(200), 404]);
  expect(throughMswResponses).toEqual(overHttpResponses);
  expect(inProcessResponses).toEqual(overHttpResponses);
  expect(throughMsw.snapshot()).toEqual(overHttp.snapshot());
});

test('MSW responds on the hosts of the contract by default', async () => {
  const sandbox = createSandbox();
  const msw = setupServer(...mswHandlers(sandbox));
  msw.listen();
  onTestFinished(() => msw.close());
  const api = new ApiSession(fetch, 'https://backops-go-preproduction.signzy.app');
  const response = await api.send('createPartner', {
    token: sandbox.fixtures.administratorToken,
    json: requests.createPartner.broker,
  });
  expect(response).toMatchObject({ status: 200, body: { username: 'example-broker' } });
  const elsewhere = await fetch('https://go-preproduction.signzy.app/api/nothing');
  expect(elsewhere.status).toBe(404);
  expect(mswHandlers(sandbox)).toHaveLength(3);
});

test('ids and tokens depend on the seed only', async () => {
  const journeys = await Promise.all(
    [1, 1, 2].map((seed) => {
      const sandbox = createSandbox({ seed, now: () => start });
      return journey(new ApiSession(sandbox.fetch), sandbox);
    }),
  );
  expect(journeys[1]).toEqual(journeys[0]);
  expect(journeys[2]?.[0]?.body['id']).not.toBe(journeys[0]?.[0]?.body['id']);
  expect(journeys[2]?.[1]?.body['id']).not.toBe(journeys[0]?.[1]?.body['id']);
});

test('an id begins with the second of its creation', async () => {
  const sandbox = createSandbox({ now: () => start });
  const [partner] = await journey(new ApiSession(sandbox.fetch), sandbox);
  expect(partner?.body['id']).toMatch(/^6553f100[0-9a-f]{16}$/);
});
