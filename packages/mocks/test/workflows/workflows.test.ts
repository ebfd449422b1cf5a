import { readFile, writeFile } from 'node:fs/promises';
import { checkHar } from '@partner-ecosystem/openapi/har';
import { runRedocly } from '@partner-ecosystem/redocly';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDrift } from './find-drift.ts';
import { runWorkflows, type WorkflowRun } from './run-workflows.ts';
import { contract, controlApi, copyWorkflows, type WorkflowFolder } from './workflow-folder.ts';

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

let workflowFolder: WorkflowFolder;
let runs: readonly WorkflowRun[];

beforeAll(async () => {
  workflowFolder = await copyWorkflows();
  runs = await Promise.all(Object.keys(files).map((file) => runWorkflows(file, workflowFolder.folder)));
});
afterAll(() => workflowFolder.remove());

function runOf(file: string): WorkflowRun {
  const run = runs.find((candidate) => candidate.file === file);
  if (!run) throw new Error(`${file} was not run.`);
  return run;
}

test.each(Object.entries(files))('the sandbox passes every check of %s', (file, workflows) => {
  const { exitCode, statuses, stdout } = runOf(file);
  expect(statuses, stdout).toEqual(Object.fromEntries(workflows.map((id) => [id, 'success'])));
  expect(exitCode).toBe(0);
});

test('output, report and recording contain no secrets', async () => {
  for (const { stdout, stderr, report, harFile, secrets } of runs) {
    const written = stdout + stderr + report + (await readFile(harFile, 'utf8'));
    expect(written).toContain('********');
    expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
  }
});

test('recorded exchanges conform to the contract and to the control API', async () => {
  for (const { harFile, apiUrl, controlUrl } of runs) {
    for (const [description, server] of [
      [contract, apiUrl],
      [controlApi, controlUrl],
    ] as const) {
      const { known, unknown, findings } = await findDrift(
        harFile,
        description,
        server,
        workflowFolder.folder,
      );
      expect({ unknown, findings }).toEqual({ unknown: 0, findings: [] });
      expect(known).toBeGreaterThan(0);
    }
  }
});

test('recorded exchanges have no drift, and a changed response is reported without its values', async () => {
  for (const { harFile, file } of runs) {
    const har: unknown = JSON.parse(await readFile(harFile, 'utf8'));
    const { known, drifts } = checkHar(har);
    expect(known, file).toBeGreaterThan(0);
    // The refusals send two requests that lack a property.
    const places = drifts.map(({ subject, side, pointer }) => `${subject} ${side} ${pointer}`).sort();
    const refused = ['createMerchant request /realm', 'loginPartner request /username'];
    expect(places, file).toEqual(file === 'refusals' ? refused : []);
  }
  const seededFile = await seeded(runOf('onboard-merchant').harFile, (login) => {
    login['ttl'] = 'fortnight';
    login['Asha Example'] = 7;
  });
  const places = checkHar(JSON.parse(await readFile(seededFile, 'utf8'))).drifts.map(
    ({ subject, side, pointer, keyword }) => `${subject} ${side} ${pointer} ${keyword}`,
  );
  expect(places.sort()).toEqual([
    'loginPartner response /* additionalProperties',
    'loginPartner response /ttl type',
  ]);
});

interface Har {
  readonly log: {
    readonly entries: readonly {
      readonly request: { readonly url: string };
      readonly response: { readonly status: number; readonly content: { text: string } };
    }[];
  };
}

/** Copies a recording and changes the response of the first login. */
async function seeded(harFile: string, change: (login: { [property: string]: unknown }) => void) {
  const har = JSON.parse(await readFile(harFile, 'utf8')) as Har;
  const login = har.log.entries.find(({ request }) => request.url.endsWith('/login'));
  if (!login) throw new Error('No login was recorded.');
  const body = JSON.parse(login.response.content.text) as { [property: string]: unknown };
  change(body);
  login.response.content.text = JSON.stringify(body);
  const seededFile = harFile.replace('.har', '.seeded.har');
  await writeFile(seededFile, JSON.stringify(har));
  return seededFile;
}

test.each([
  [
    'a property of another type',
    (login: { [property: string]: unknown }) => {
      login['ttl'] = 'fortnight';
    },
    'loginPartner: Response field "ttl" must be integer.',
  ],
  [
    'no id',
    (login: { [property: string]: unknown }) => {
      delete login['id'];
    },
    'loginPartner: Response is missing required field "id".',
  ],
])('redocly drift finds a response with %s', async (_, change, finding) => {
  const { harFile, apiUrl } = runOf('onboard-merchant');
  const drift = await findDrift(await seeded(harFile, change), contract, apiUrl, workflowFolder.folder);
  expect(drift.findings).toEqual([finding]);
});

test('the workflows pass the recommended rules', async () => {
  const parts = ['become-partner', 'submit-merchant'].map((part) => `parts/${part}`);
  const workflows = [...Object.keys(files), ...parts].map((file) => `openapi/workflows/${file}.arazzo.yaml`);
  const linted = await runRedocly(
    ['lint', ...workflows, '--extends', 'recommended', '--format', 'json'],
    workflowFolder.folder,
  );
  expect(linted.stdout).toContain('"problems": []');
  expect(linted.exitCode).toBe(0);
});
