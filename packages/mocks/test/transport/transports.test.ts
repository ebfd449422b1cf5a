import { requests } from '@partner-ecosystem/openapi/examples';
import { setupServer } from 'msw/node';
import { afterEach, expect, test } from 'vitest';
import { createSandbox } from '../../src/index.ts';
import { mswHandlers } from '../../src/msw.ts';
import { ApiSession, journey, start } from '../support/journey.ts';
import { listen } from '../support/listen.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

test('the journey is answered the same over HTTP, through MSW and in process', async () => {
  const options = { seed: 7, now: () => start };
  const overHttp = createSandbox(options);
  const server = await listen(overHttp.fetch);
  closers.push(server.close);
  const httpReplies = await journey(new ApiSession(fetch, server.url), overHttp);

  const throughMsw = createSandbox(options);
  const msw = setupServer(...mswHandlers(throughMsw, { baseUrls: { go: 'http://provider.test' } }));
  msw.listen();
  closers.push(() => msw.close());
  const mswReplies = await journey(new ApiSession(fetch, 'http://provider.test'), throughMsw);

  const inProcess = createSandbox(options);
  const ownReplies = await journey(new ApiSession(inProcess.fetch), inProcess);

  expect(httpReplies.map(({ status }) => status)).toEqual([...Array(14).fill(200), 404]);
  expect(mswReplies).toEqual(httpReplies);
  expect(ownReplies).toEqual(httpReplies);
  expect(throughMsw.snapshot()).toEqual(overHttp.snapshot());
});

test('MSW answers on the hosts of the contract without being told', async () => {
  const sandbox = createSandbox();
  const msw = setupServer(...mswHandlers(sandbox));
  msw.listen();
  closers.push(() => msw.close());
  const api = new ApiSession(fetch, 'https://backops-go-preproduction.signzy.app');
  const reply = await api.send('createPartner', {
    token: sandbox.fixtures.administratorToken,
    json: requests.createPartner.broker,
  });
  expect(reply).toMatchObject({ status: 200, body: { username: 'example-broker' } });
  const elsewhere = await fetch('https://go-preproduction.signzy.app/api/nothing');
  expect(elsewhere.status).toBe(404);
  expect(mswHandlers(sandbox)).toHaveLength(3);
});

test('another seed gives other ids and tokens, the same seed the same', async () => {
  const replies = await Promise.all(
    [1, 1, 2].map((seed) => {
      const sandbox = createSandbox({ seed, now: () => start });
      return journey(new ApiSession(sandbox.fetch), sandbox);
    }),
  );
  expect(replies[1]).toEqual(replies[0]);
  expect(replies[2]?.[0]?.body['id']).not.toBe(replies[0]?.[0]?.body['id']);
  expect(replies[2]?.[1]?.body['id']).not.toBe(replies[0]?.[1]?.body['id']);
});

test('an id begins with the second of its creation', async () => {
  const sandbox = createSandbox({ now: () => start });
  const [partner] = await journey(new ApiSession(sandbox.fetch), sandbox);
  expect(partner?.body['id']).toMatch(/^6553f100[0-9a-f]{16}$/);
});
