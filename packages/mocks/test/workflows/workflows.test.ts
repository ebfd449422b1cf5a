import { readFile, writeFile } from 'node:fs/promises';
import { runRedocly } from '@partner-ecosystem/redocly';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDrift } from './find-drift.ts';
import { runWorkflows, type WorkflowRun } from './run-workflows.ts';
import { contract, controlApi, layOut, type Workbench } from './workbench.ts';

const files = {
  'onboard-merchant': ['onboard-merchant'],
  refusals: [
    'wrong-password',
    'token-expired',
    'realm-missing',
    'realm-and-flow-not-given',
    'unknown-merchant',
    'unknown-page',
    'partner-exists',
  ],
  decisions: ['rejected-with-reason', 'draft-and-resubmission', 'decision-reversed'],
};

let workbench: Workbench;
let runs: readonly WorkflowRun[];

beforeAll(async () => {
  workbench = await layOut();
  runs = await Promise.all(Object.keys(files).map((file) => runWorkflows(file, workbench.folder)));
});
afterAll(() => workbench.remove());

function runOf(file: string): WorkflowRun {
  const run = runs.find((candidate) => candidate.file === file);
  if (!run) throw new Error(`${file} was not run.`);
  return run;
}

test.each(Object.entries(files))('the sandbox passes every check of %s', (file, workflows) => {
  const { exitCode, verdicts, stdout } = runOf(file);
  expect(verdicts, stdout).toEqual(Object.fromEntries(workflows.map((id) => [id, 'success'])));
  expect(exitCode).toBe(0);
});

test('no secret is printed, reported or recorded', async () => {
  for (const { stdout, stderr, report, harFile, secrets } of runs) {
    const written = stdout + stderr + report + (await readFile(harFile, 'utf8'));
    expect(written).toContain('********');
    expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
  }
});

test('what was recorded does not drift from the contract, nor from the control API', async () => {
  for (const { harFile, apiUrl, controlUrl } of runs) {
    for (const [description, server] of [
      [contract, apiUrl],
      [controlApi, controlUrl],
    ] as const) {
      const { known, unknown, findings } = await findDrift(harFile, description, server, workbench.folder);
      expect({ unknown, findings }).toEqual({ unknown: 0, findings: [] });
      expect(known).toBeGreaterThan(0);
    }
  }
});

interface Har {
  readonly log: {
    readonly entries: readonly {
      readonly request: { readonly url: string };
      readonly response: { readonly status: number; readonly content: { text: string } };
    }[];
  };
}

/** A copy of a recording in which the response of the first login is another. */
async function seeded(harFile: string, change: (login: { [member: string]: unknown }) => void) {
  const har = JSON.parse(await readFile(harFile, 'utf8')) as Har;
  const login = har.log.entries.find(({ request }) => request.url.endsWith('/login'));
  if (!login) throw new Error('No login was recorded.');
  const body = JSON.parse(login.response.content.text) as { [member: string]: unknown };
  change(body);
  login.response.content.text = JSON.stringify(body);
  const seededFile = harFile.replace('.har', '.seeded.har');
  await writeFile(seededFile, JSON.stringify(har));
  return seededFile;
}

test.each([
  [
    'a member of another type',
    (login: { [member: string]: unknown }) => {
      login['ttl'] = 'fortnight';
    },
    'loginPartner: Response field "ttl" must be integer.',
  ],
  [
    'no id',
    (login: { [member: string]: unknown }) => {
      delete login['id'];
    },
    'loginPartner: Response is missing required field "id".',
  ],
])('a response with %s is found as drift', async (_, change, finding) => {
  const { harFile, apiUrl } = runOf('onboard-merchant');
  const drift = await findDrift(await seeded(harFile, change), contract, apiUrl, workbench.folder);
  expect(drift.findings).toEqual([finding]);
});

test('the workflows are well-formed by the recommended rules', async () => {
  const parts = ['become-partner', 'submit-merchant'].map((part) => `parts/${part}`);
  const workflows = [...Object.keys(files), ...parts].map((file) => `openapi/workflows/${file}.arazzo.yaml`);
  const linted = await runRedocly(
    ['lint', ...workflows, '--extends', 'recommended', '--format', 'json'],
    workbench.folder,
  );
  expect(linted.stdout).toContain('"problems": []');
  expect(linted.exitCode).toBe(0);
});
