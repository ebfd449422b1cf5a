import { type ExecFileException, execFile, spawn } from 'node:child_process';
import { cp, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { success } from '../support/contract-example.ts';
import { merchant } from '../support/example-input.ts';
import { closedUrl, type Provider, startProvider } from '../support/provider.ts';
import { installPackages } from './create-consumer.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const binary = (path: string) => join(here, 'node_modules', path);
/** By default a test may take five seconds, which is too short for a busy machine. */
const patient = '--testTimeout=240000';
const jest = [binary('jest/bin/jest.js'), '--testMatch', '**/client.check.js', patient];
const vitest = [binary('vitest/vitest.mjs'), 'run', '--config', 'check.config.js', patient];
const next = binary('next/dist/bin/next');

const commonJs = `const { ConnectionError, createPartnerClient } = require('@partner-ecosystem/client');\n`;
const esm = `import { ConnectionError, createPartnerClient } from '@partner-ecosystem/client';\n`;

/** A project of a consumer, in a folder of `frameworks/`. Its checks resolve, or reject with what went wrong. */
export interface Framework {
  readonly name: string;
  run(consumer: string, provider: Provider): Promise<void>;
}

export const frameworks: readonly Framework[] = [
  {
    name: 'Jest, CommonJS',
    run: (consumer, provider) => runChecks(join(consumer, 'jest-common-js'), commonJs, jest, provider),
  },
  {
    name: 'Jest, ES modules',
    run: (consumer, provider) =>
      runChecks(join(consumer, 'jest-esm'), esm, ['--experimental-vm-modules', ...jest], provider),
  },
  ...['node', 'jsdom', 'happy-dom'].map((environment) => ({
    name: `Vitest, ${environment}`,
    run: (consumer: string, provider: Provider) =>
      runChecks(join(consumer, 'vitest'), esm, [...vitest, '--environment', environment], provider),
  })),
  { name: 'Next.js', run: (consumer, provider) => runNext(join(consumer, 'next'), provider) },
];

/**
 * Runs one framework after the other with the packed packages, and prints the outcomes.
 *
 * @returns The number of failures.
 */
export async function runFrameworks(): Promise<number> {
  // The copy is in this folder, because the projects find the frameworks in the `node_modules` of this folder.
  await using consumer = await mkdtempDisposable(join(here, 'work-'));
  await cp(join(here, 'frameworks'), consumer.path, { recursive: true });
  await installPackages(consumer.path);
  let failed = 0;
  for (const { name, run } of frameworks) {
    await using provider = await startCheckingProvider();
    const reason = await run(consumer.path, provider).then(() => undefined, reasonOf);
    console.log(`${name}: ${reason ?? 'works'}`);
    if (reason !== undefined) failed += 1;
  }
  return failed;
}

/** Starts a provider that refuses a merchant or a file that did not arrive as it was given. */
function startCheckingProvider(): Promise<Provider> {
  return startProvider({
    createMerchant: ({ body }) =>
      `${body}` === JSON.stringify(merchant) ? success('createMerchant') : { status: 400, body: {} },
    uploadFile: ({ body }) =>
      body.includes('not an image') ? success('uploadFile') : { status: 400, body: {} },
  });
}

/** Runs the shared checks with a test runner. */
async function runChecks(
  project: string,
  header: string,
  args: readonly string[],
  { url }: Provider,
): Promise<void> {
  const checks = await readFile(join(here, 'frameworks/checks.js'), 'utf8');
  await writeFile(join(project, 'client.check.js'), header + checks);
  await execute(args, project, {
    PARTNER_URL: url,
    CLOSED_URL: closedUrl,
    MERCHANT: JSON.stringify(merchant),
    // The fetch of happy-dom names no code.
    NETWORK_CODE: args.includes('happy-dom') ? undefined : 'ECONNREFUSED',
  });
}

/** Builds and serves an application of Next.js, and loads its page three times. Each load must pull the merchant. */
async function runNext(project: string, provider: Provider): Promise<void> {
  const environment = { PARTNER_URL: provider.url, NEXT_TELEMETRY_DISABLED: '1' };
  await execute([next, 'build'], project, environment);
  const server = spawn(process.execPath, [next, 'start', '--port', '0', '--hostname', '127.0.0.1'], {
    cwd: project,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const page = await readUrl(server.stdout);
    for (let load = 0; load < 3; load += 1) {
      const html = await (await fetch(page)).text();
      if (!html.includes('<p>accept</p>')) throw new Error(`The page is ${html}`);
    }
  } finally {
    server.kill();
  }
  const pulls = provider.count('pullMerchant');
  if (pulls !== 3) throw new Error(`Three loads of the page made ${pulls} pulls.`);
}

async function readUrl(output: NodeJS.ReadableStream): Promise<string> {
  let printed = '';
  for await (const line of createInterface(output)) {
    printed += `${line}\n`;
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (url) return url;
  }
  throw new Error(`Next.js printed no address: ${printed}`);
}

async function execute(args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv): Promise<void> {
  await promisify(execFile)(process.execPath, args, { cwd, env: { ...process.env, ...environment } });
}

function reasonOf(error: Partial<ExecFileException>): string {
  return `FAILS\n${error.stdout ?? ''}${error.stderr ?? error}`;
}
