import { createSandbox, type Sandbox } from '../../packages/mocks/src/index.ts';
import { ApiSession, journey } from '../../packages/mocks/test/support/journey.ts';
import { readFlags, report } from './run/command-line.ts';

// Proof: sandboxes without a seed share no id, no name and no token, although all of them begin in the same second. The same
// seed and start give the same transcript. Run as `npm run mocks:seeds`.
const { sandboxes: count, repeats, seed } = readFlags({ sandboxes: 1000, repeats: 50 });
const start = 1_700_000_000_000;
const owners = new Map<string, number>();
const shared: string[] = [];
const differing: string[] = [];

for (let index = 0; index < count; index++)
  for (const created of createdBy(await used(createSandbox({ now: start })))) {
    if (owners.has(created.value)) shared.push(`Two sandboxes have the same ${created.kind}.`);
    owners.set(created.value, index);
  }
for (let index = 0; index < repeats; index++) {
  const [one, other] = [await transcriptOf(index), await transcriptOf(index)];
  if (one !== other) differing.push(`The transcripts of the seed ${seed} ${index} differ.`);
}

report(
  [
    `${count} sandboxes without a seed in one second: ${owners.size} ids, names and tokens, ${shared.length} shared.`,
    `${repeats} seeds used twice: ${differing.length} transcripts differ (seed ${seed}).`,
  ],
  [...shared, ...differing],
);

async function used(sandbox: Sandbox): Promise<Sandbox> {
  await journey(new ApiSession(sandbox.fetch), sandbox);
  sandbox.backOffice.addPartner();
  return sandbox;
}

async function transcriptOf(index: number): Promise<string> {
  const sandbox = createSandbox({ seed: `${seed} ${index}`, now: start });
  const responses = await journey(new ApiSession(sandbox.fetch), sandbox);
  const { credentials } = sandbox.backOffice.addPartner();
  await sandbox.clock.advance('1d');
  return JSON.stringify([responses, credentials, sandbox.snapshot(), sandbox.journal(), sandbox.coverage()]);
}

/** Everything that a sandbox has made up by itself. */
function* createdBy(sandbox: Sandbox): Iterable<{ readonly kind: string; readonly value: string }> {
  const { partners, tokens, links, merchants, files, callbacks } = sandbox.snapshot();
  for (const [kind, rows] of Object.entries({ partners, tokens, merchants, files, callbacks }))
    for (const value of Object.keys(rows)) yield { kind: `key of ${kind}`, value };
  for (const { id } of Object.values(links)) yield { kind: 'id of a link', value: id };
  for (const { name } of Object.values(files)) yield { kind: 'name of a file', value: name };
  for (const { username, autoLoginSecret } of Object.values(merchants)) {
    yield { kind: 'user name of a merchant', value: username };
    yield { kind: 'auto-login secret', value: autoLoginSecret };
  }
  const [, added] = Object.values(partners);
  if (added) yield { kind: 'user name of a partner', value: added.username };
}
