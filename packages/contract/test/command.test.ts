import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const contract = fileURLToPath(new URL('../../../openapi', import.meta.url));
const binary = fileURLToPath(new URL('../bin/partner-contract.js', import.meta.url));

function emptyProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'partner-contract-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  return folder;
}

function run(project: string, ...args: string[]) {
  return spawnSync(process.execPath, [binary, ...args], { cwd: project, encoding: 'utf8' });
}

test('--help shows the usage', () => {
  const { status, stdout } = run(emptyProject(), '--help');
  expect(status).toBe(0);
  expect(stdout).toContain('partner-contract apply my.overlay.yaml');
});

const incomplete = [[[]], [['apply']], [['check']], [['remove', 'my.overlay.yaml']]];
test.each(incomplete)('%j is refused, with the usage', (args) => {
  const { status, stderr } = run(emptyProject(), ...args);
  expect(status).toBe(2);
  expect(stderr).toContain('Usage: partner-contract apply');
});

test('a folder with other content is never replaced', () => {
  const project = emptyProject();
  mkdirSync(join(project, 'partner-contract'));
  const notes = join(project, 'partner-contract/notes.txt');
  writeFileSync(notes, 'mine');
  const { status, stderr } = run(project, 'apply', 'my.overlay.yaml');
  expect(status).toBe(2);
  expect(stderr).toContain('holds something other than a corrected contract. Give another folder with --to.');
  expect(readFileSync(notes, 'utf8')).toBe('mine');
});

const overlay = ['apply', 'my.overlay.yaml'];
const recording = ['check', 'recorded.har'];
test.each([[overlay], [recording]])('%j tells a project without the contract to install it', (args) => {
  const { status, stderr } = run(emptyProject(), ...args);
  expect(status).toBe(2);
  expect(stderr).toContain('The project has no @partner-ecosystem/openapi');
});

/** A project that has the contract installed. */
function contractProject(): string {
  const project = emptyProject();
  mkdirSync(join(project, 'node_modules/@partner-ecosystem'), { recursive: true });
  symlinkSync(contract, join(project, 'node_modules/@partner-ecosystem/openapi'));
  return project;
}

test.each([[overlay], [recording]])('%j names a file that cannot be read, and says what to do', (args) => {
  const { status, stderr } = run(contractProject(), ...args);
  expect(status).toBe(2);
  expect(stderr).toBe(
    `partner-contract: ${args[1]} cannot be read (ENOENT). Give the path of a file, from this folder.\n`,
  );
});

test('an incomplete addition is refused with one line for each problem, and the line names the place', () => {
  const project = contractProject();
  const update = { properties: { itemsTaken: { type: 'integer' } } };
  const actions = [{ target: '$.components.schemas.PushMerchantResult', update }];
  const info = { title: 'Our tenant', version: '1.0.0' };
  writeFileSync(join(project, 'my.overlay.yaml'), JSON.stringify({ overlay: '1.0.0', info, actions }));
  const { status, stderr } = run(project, ...overlay);
  expect(status).toBe(2);
  const [first, ...faults] = stderr.trim().split('\n');
  expect(first).toBe('partner-contract: The corrected contract breaks these rules:');
  const place = '/components/schemas/PushMerchantResult/properties/itemsTaken';
  expect(faults).toEqual([
    `${place}: Property itemsTaken has no description of its own. Add a description.`,
    `${place}: Scalar property should have "example" or "examples" defined.`,
    `${place}: A scalar is not classified. Add x-data-classification.`,
  ]);
});

/** A project with the contract and a recording of one exchange. */
function recordedProject(url: string, text: string): string {
  const project = contractProject();
  const entry = {
    request: { method: 'GET', url },
    response: { status: 200, content: { mimeType: 'application/json', text } },
  };
  writeFileSync(join(project, 'recorded.har'), JSON.stringify({ log: { entries: [entry] } }));
  return project;
}

const pull =
  'https://tenant.example/api/distributors/pullMerchant/6553f1000000000000000004?realmId=6553e0000000000000000002';

/** A case as a pull returns it, with the properties of one of its records. */
function pulled(properties: object): string {
  const documents = [{ type: 'Data&Document', widgetName: 'Aadhaar' }];
  const record = { formData: {}, videoForensics: {}, contract: {}, products: [], documents };
  const basicDetails = { ...properties, id: '6553f1000000000000000004' };
  return JSON.stringify({ result: { merchantSignup: {}, merchantData: { basicDetails, ...record } } });
}

test('check prints each kind of drift in the format of the kit, without personal data', () => {
  const project = recordedProject(pull, pulled({ status: 'escalated', name: 'Canary Example', mobile: 12 }));
  const { status, stdout, stderr } = run(project, ...recording);
  expect(status).toBe(1);
  const drifts = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { pointer: string; keyword: string });
  const at = '/result/merchantData/basicDetails';
  const subject = { subject: 'pullMerchant', side: 'response', status: 200 };
  expect(drifts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...subject, pointer: `${at}/status`, keyword: 'word', word: 'escalated' }),
      expect.objectContaining({ ...subject, pointer: `${at}/mobile`, keyword: 'type' }),
    ]),
  );
  expect(stderr).toContain('1 exchanges of the contract, 0 others');
  expect(stdout + stderr).not.toContain('Canary');
});

test('check refuses a recording of other calls only, and a file of another format', () => {
  const { status, stderr } = run(recordedProject('https://tenant.example/other', '{}'), ...recording);
  expect(status).toBe(2);
  expect(stderr).toContain('None of the 1 exchanges in recorded.har is an operation of the contract');
  const project = recordedProject(pull, '{}');
  writeFileSync(join(project, 'recorded.har'), 'name=Canary');
  const notJson = run(project, ...recording);
  expect(notJson.status).toBe(2);
  expect(notJson.stderr).toBe('partner-contract: recorded.har is not JSON. Give a HAR file.\n');
  writeFileSync(join(project, 'recorded.har'), '{}');
  expect(run(project, ...recording).stderr).toContain('recorded.har: The recording is not a HAR 1.2 file.');
});
