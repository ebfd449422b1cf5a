import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallbackServer } from '@partner-ecosystem/callback-server';
import { createPartnerClient } from '@partner-ecosystem/client';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import { createBackOffice } from './back-office.ts';
import { becomePartner } from './become-partner.ts';
import { asha, ravi } from './customers.ts';
import { createDecisions } from './decisions.ts';
import { narratePartner } from './narrate-partner.ts';
import { createNarrator } from './narrator.ts';
import { type Customer, onboardMerchant } from './onboard-merchant.ts';
import { receiveDecisions } from './receive-decisions.ts';
import { summarise } from './summary.ts';
import { workplaceOf } from './workplace.ts';

const callbackToken = 'not-a-real-callback-token';
const credentials = {
  username: 'example-broker',
  password: 'Not-a-real-password-1',
  email: 'broker@example.com',
};

/** One customer and what the back office will say of them. */
export interface Case {
  customer: Customer;
  decision: 'accept' | 'reject';
  reason?: string;
}

const cases: Case[] = [
  { customer: asha, decision: 'accept' },
  { customer: ravi, decision: 'reject', reason: 'The photo does not match.' },
];

/**
 * Onboards two merchants from nothing to a decision: real requests, a real database, real callbacks.
 *
 * @throws StageFailedError naming the step that failed.
 */
export async function runDemo(print: (line: string) => void, customers: Case[] = cases): Promise<void> {
  await using cleanUp = new AsyncDisposableStack();
  const folder = cleanUp.adopt(await mkdtemp(join(tmpdir(), 'onboard-merchant-')), (path) =>
    rm(path, { recursive: true }),
  );
  const sandbox = cleanUp.adopt(await startSandbox({ port: 0, controlPort: 0 }), (running) =>
    running.close(),
  );
  const { fixtures } = sandbox.sandbox;
  const workplace = workplaceOf(fixtures);

  const narrator = createNarrator(print);
  const partner = narratePartner(
    createPartnerClient({
      goUrl: sandbox.url,
      backopsUrl: sandbox.url,
      persistUrl: sandbox.url,
      credentials,
      administratorToken: fixtures.administratorToken,
    }),
    narrator,
  );
  const server = await createCallbackServer({
    databaseUrl: `sqlite:${join(folder, 'callbacks.db')}`,
    callbackTokens: [callbackToken],
    port: 0,
    adminPort: 0,
  });
  const decisions = createDecisions();
  receiveDecisions(server, partner, workplace.realmId, decisions.settle);
  const { url } = await server.start();
  cleanUp.defer(() => server.stop());
  print(`Sandbox ${sandbox.url}, callback server ${url}\n`);

  await becomePartner(partner, credentials, workplace, `${url}/callbacks/${callbackToken}`);
  const backOffice = createBackOffice(sandbox);
  const kept: string[] = [];
  for (const { customer, decision, reason } of customers) {
    const { id } = await onboardMerchant(partner, workplace, customer);
    await narrator.tell(
      { step: 7, title: 'Back office decides', by: 'control port' },
      () => backOffice.decide(id, decision, reason),
      () => decision,
    );
    const confirmed = await narrator.tell(
      { step: 7, title: 'Learn the decision', by: `callback ${decision}` },
      () => decisions.of(id),
      (status) => `handed on, and confirmed as ${status}`,
    );
    if (confirmed !== decision)
      throw new Error(`Merchant ${id} was to ${decision}, but was pulled as ${confirmed}.`);
    kept.push(...(await summarise(server, id, decision)));
  }
  print(['', 'Kept by the callback server:', ...kept].join('\n'));
}
