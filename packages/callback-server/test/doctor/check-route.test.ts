import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { expect, test } from 'vitest';
import { checkRoute } from '../../src/doctor/check-route.ts';
import { token } from '../support/callbacks.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { temporaryDatabase } from '../support/running-server.ts';

test.each([
  [204, 'ok', /is reached, and responds 204/],
  [405, 'ok', /is reached, and responds 405/],
  [307, 'warning', /Redirects are not followed/],
  [502, 'warning', /responds 502/],
])('a route that responds %i is %s, and gets no data', async (status, level, message) => {
  const requests: string[] = [];
  const target = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    requests.push(`${incoming.method} ${incoming.url} "${body}"`);
    outgoing.writeHead(status).end();
  });
  await using forward = await listenOnFreePort(target);
  expect(await checkRoute(`${forward.url}/taken`, 'FORWARD_URL')).toEqual({
    level,
    message: expect.stringMatching(message),
  });
  expect(requests).toEqual(['OPTIONS /taken ""']);
});

test('the doctor says what fails on the way to FORWARD_URL and to each route', async () => {
  // Nothing listens at this URL.
  const url = 'http://127.0.0.1:2/secret-path';
  const database = temporaryDatabase();
  const routesFile = join(dirname(database), 'routes.json');
  writeFileSync(routesFile, JSON.stringify([{ name: 'ledger', url }]));
  const doctor = runInProcess(['doctor'], {
    CALLBACK_TOKENS: token,
    DATABASE_URL: `sqlite:${database}`,
    FORWARD_URL: url,
    ROUTES_FILE: routesFile,
  });
  expect(await doctor.exit).toBe(1);
  expect(doctor.output()).toMatch(
    /^failure {2}forward URL: cannot be reached: connection refused \(ECONNREFUSED\)/m,
  );
  expect(doctor.output()).toMatch(/^failure {2}route ledger: cannot be reached: connection refused/m);
  expect(doctor.output()).not.toContain('secret-path');
});
