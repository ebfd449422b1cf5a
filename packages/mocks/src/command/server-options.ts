import { assertPolicy } from '../core/back-office/assert-policy.ts';
import { assertDuration, assertWord } from '../core/model/assert-options.ts';
import type { DecisionPolicy } from '../core/model/decision-policy.ts';
import type { Duration } from '../core/model/duration.ts';
import type { DialectName, ExpiredFiles, RequestMode } from '../core/model/env.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { Credentials } from '../sandbox/add-partner.ts';
import { hostIn } from '../sandbox/sandbox-options.ts';
import { assertControlToken } from '../server/control-token.ts';
import type { StartOptions } from '../server/start-sandbox.ts';
import { assertEnvironment } from './assert-environment.ts';
import { parseOptions } from './parse-options.ts';

interface ServerCommand {
  readonly kind: 'serve' | 'help' | 'version';
  readonly json: boolean;
  readonly options: StartOptions;
}

/**
 * Reads the options of the server.
 *
 * @throws Error that names the wrong option.
 */
export function readServerOptions(args: readonly string[], env: NodeJS.ProcessEnv): ServerCommand {
  assertEnvironment(env);
  const { values } = parseOptions({
    args: [...args],
    options: {
      help: { type: 'boolean' },
      version: { type: 'boolean' },
      json: { type: 'boolean' },
      port: { type: 'string' },
      'control-port': { type: 'string' },
      host: { type: 'string' },
      'control-host': { type: 'string' },
      seed: { type: 'string' },
      now: { type: 'string' },
      scenario: { type: 'string' },
      policy: { type: 'string' },
      partner: { type: 'string' },
      requests: { type: 'string' },
      dialect: { type: 'string' },
      'expired-files': { type: 'string' },
      'pending-after': { type: 'string' },
      'no-cors': { type: 'boolean' },
      'allow-callback-host': { type: 'string', multiple: true },
      'control-token': { type: 'string' },
    },
  });
  const { help, version, json = false, port, host, seed, now, partner, requests, dialect } = values;
  const { 'control-port': controlPort, 'control-host': controlHost, 'pending-after': pendingAfter } = values;
  const { 'expired-files': expiredFiles } = values;
  const controlToken = controlTokenOf(values, env);
  assertWord('value of --expired-files', expiredFiles, ['warn', 'refuse']);
  for (const name of values['allow-callback-host'] ?? []) hostIn(name, '--allow-callback-host');
  if (pendingAfter !== 'documented') assertDuration('value of --pending-after', pendingAfter);
  const scenario = readStart(values.scenario, values.policy);
  const options: StartOptions = {
    ...(port !== undefined && { port: parsePort('--port', port) }),
    ...(controlPort !== undefined && { controlPort: parsePort('--control-port', controlPort) }),
    ...(host !== undefined && { host }),
    ...(controlHost !== undefined && { controlHost }),
    ...(seed !== undefined && { seed }),
    ...(now !== undefined && { now: parseTime(now) }),
    ...(scenario && { scenario }),
    ...(partner !== undefined && { partner: parseCredentials(partner) }),
    ...(requests !== undefined && { requests: requests as RequestMode }), // The sandbox refuses an unknown mode.
    // The sandbox refuses an unknown dialect and an invalid duration.
    ...(dialect !== undefined && { dialect: dialect as DialectName }),
    ...(expiredFiles !== undefined && { expiredFiles: expiredFiles as ExpiredFiles }),
    ...(pendingAfter !== undefined && { pendingAfter: pendingAfter as Duration }),
    ...(values['no-cors'] && { cors: false }),
    allowedCallbackHosts: values['allow-callback-host'] ?? [],
    ...(controlToken !== undefined && { controlToken }),
  };
  return { kind: help ? 'help' : version ? 'version' : 'serve', json, options };
}

/**
 * Returns the control token that the user has given.
 *
 * @throws OptionError for an invalid token.
 */
export function controlTokenOf(
  values: { readonly 'control-token'?: string | undefined },
  env: NodeJS.ProcessEnv,
): string | undefined {
  const { 'control-token': given = env['SANDBOX_CONTROL_TOKEN'] } = values;
  const name = values['control-token'] === undefined ? 'SANDBOX_CONTROL_TOKEN' : '--control-token';
  if (given !== undefined) assertControlToken(name, given);
  return given;
}

export function parsePort(option: string, value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new Error(`${option} must be a number from 0 to 65535.`);
}

function parseTime(value: string): number {
  const time = /^\d+$/.test(value) ? Number(value) : Date.parse(value);
  // JavaScript takes the 31st of February for a day of March.
  const [day = ''] = /^\d{4}-\d{2}-\d{2}/.exec(value) ?? [];
  if (Number.isFinite(time) && (day === '' || new Date(day).toISOString().startsWith(day))) return time;
  throw new Error('--now must be a time such as 2030-01-31T10:00:00Z, or epoch milliseconds.');
}

/** The password can contain colons. The error does not repeat the value. */
function parseCredentials(value: string): Credentials {
  const end = value.indexOf(':');
  const [username, password] = [value.slice(0, end), value.slice(end + 1)];
  if (end > 0 && password !== '') return { username, password };
  throw new Error('--partner must be a user name and a password with a colon between them.');
}

/** The sandbox validates the scenario. */
function readStart(file: string | undefined, policy: string | undefined): Scenario | undefined {
  const scenario = file === undefined ? undefined : (readJson(file) as Scenario);
  if (policy === undefined) return scenario;
  return { name: 'from the command line', ...scenario, policy: parsePolicy(policy) };
}

function readJson(file: string): unknown {
  const { readFileSync } = process.getBuiltinModule('node:fs'); // An import would make every start slower.
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`--scenario names the file ${file}, which cannot be read.`);
  }
  return parseJson(`The file ${file} of --scenario`, text.replace(/^\uFEFF/, '')); // Editors of Windows begin a file with this mark.
}

function parsePolicy(value: string): DecisionPolicy {
  const [kind = '', after] = value.split(':');
  const policy = value.startsWith('{')
    ? parseJson('--policy', value)
    : { kind, ...(after !== undefined && { after }) };
  try {
    assertPolicy(policy);
  } catch (error) {
    throw new Error(`--policy is wrong. ${error instanceof Error ? error.message : error}`);
  }
  return policy;
}

function parseJson(option: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${option} is not JSON.`);
  }
}
