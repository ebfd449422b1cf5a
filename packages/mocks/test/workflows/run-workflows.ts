import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RedoclyRun, runRedocly } from '@partner-ecosystem/redocly';
import { startSandbox } from '../../src/node.ts';
import { startReceiver } from '../support/receiver.ts';

/** The result of one file of workflows. */
export interface WorkflowRun extends RedoclyRun {
  readonly file: string;
  /** The recorded exchanges. */
  readonly harFile: string;
  /** The report of the runner. */
  readonly report: string;
  /** The status of each workflow, by name. */
  readonly statuses: { readonly [workflowId: string]: string };
  readonly apiUrl: string;
  readonly controlUrl: string;
  /** The secrets that output, report and recording must not contain. */
  readonly secrets: readonly string[];
}

const password = 'Not-a-real-password-1';
const callbackSecret = 'not-a-real-secret';

/** Runs a file of workflows against a new sandbox, with a receiver for callbacks. */
export async function runWorkflows(file: string, folder: string): Promise<WorkflowRun> {
  const receiver = await startReceiver();
  const running = await startSandbox({ port: 0, controlPort: 0 });
  const { url: apiUrl, controlUrl, controlToken, sandbox } = running;
  const harFile = join(folder, `${file}.har`);
  const reportFile = join(folder, `${file}.json`);
  const inputs = { controlToken, password, callbackOrigin: receiver.url, callbackSecret };
  try {
    const ran = await runRedocly(
      [
        ...['respect', `openapi/workflows/${file}.arazzo.yaml`, '--verbose'],
        ...['--server', `partner=${apiUrl}`, '--server', `control=${controlUrl}`],
        ...Object.entries(inputs).flatMap(([name, value]) => ['--input', `${name}=${value}`]),
        ...['--har-output', harFile, '--json-output', reportFile],
      ],
      folder,
    );
    const { tokens, merchants } = sandbox.snapshot();
    const autoLogins = Object.values(merchants).map(({ autoLoginSecret }) => autoLoginSecret);
    const secrets = [...Object.keys(tokens), ...autoLogins, controlToken, password, callbackSecret];
    const report = await readFile(reportFile, 'utf8');
    return { ...ran, file, harFile, report, statuses: statusesIn(report), apiUrl, controlUrl, secrets };
  } finally {
    await Promise.all([running.close(), receiver.close()]);
  }
}

interface Report {
  readonly files: {
    readonly [file: string]: {
      readonly executedWorkflows: readonly { readonly workflowId: string; readonly status: string }[];
    };
  };
}

function statusesIn(report: string): WorkflowRun['statuses'] {
  const { files } = JSON.parse(report) as Report;
  const workflows = Object.values(files).flatMap(({ executedWorkflows }) => executedWorkflows);
  return Object.fromEntries(workflows.map(({ workflowId, status }) => [workflowId, status]));
}
